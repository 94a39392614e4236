"""The bench's own cases: the engine was tuned on the sets that were seen, never on what is held."""

from importlib import resources

from hexci.adapters.repairbench.casefile import Case, parse_cases

HALVES = ("seen", "seen-algorithms", "seen-later", "held")


def cases_of(half: str) -> tuple[Case, ...]:
    """The cases of one of HALVES: everyday programs, classic algorithms, or both (later)."""
    folder = resources.files("hexci.adapters.repairbench").joinpath("cases")
    return parse_cases(folder.joinpath(f"{half}.cases").read_text("utf-8"))
