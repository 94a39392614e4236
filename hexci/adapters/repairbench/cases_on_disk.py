"""The bench's own cases, in two halves: the engine was tuned on one, never on the other."""

from importlib import resources

from hexci.adapters.repairbench.casefile import Case, parse_cases

HALVES = ("seen", "held")


def cases_of(half: str) -> tuple[Case, ...]:
    """The cases of `seen` or `held`."""
    folder = resources.files("hexci.adapters.repairbench").joinpath("cases")
    return parse_cases(folder.joinpath(f"{half}.cases").read_text("utf-8"))
