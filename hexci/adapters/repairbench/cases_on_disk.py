"""The bench's own cases, in halves: the engine was tuned on what is seen, never on what is held."""

from importlib import resources

from hexci.adapters.repairbench.casefile import Case, parse_cases

HALVES = (
    "seen", "held", "seen-algorithms", "held-algorithms", "seen-later", "held-later",
)  # fmt: skip


def cases_of(half: str) -> tuple[Case, ...]:
    """The cases of one of HALVES: everyday programs, or classic algorithms."""
    folder = resources.files("hexci.adapters.repairbench").joinpath("cases")
    return parse_cases(folder.joinpath(f"{half}.cases").read_text("utf-8"))
