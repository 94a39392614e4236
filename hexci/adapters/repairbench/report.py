"""What a repair benchmark found, as a table for people and one document for programs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median

from hexci.adapters.repairbench.figure import Bar
from hexci.domain.outcome import Outcome
from hexci.domain.run_result import RunResult


@dataclass(frozen=True, slots=True)
class Try:
    """One case: `committed` is whether the candidate chose a patch; `right` None if it did not.

    `seconds` are of the candidate's turn, the gate included; `search_seconds` end with its choice.
    `family` is that of the chosen or the best plausible patch; `patches` how many were tried;
    `told` how the candidate put it.
    """

    case: str
    half: str
    share: float
    plausible: bool
    committed: bool
    right: bool | None
    seconds: float
    search_seconds: float
    patches: int
    family: str
    told: str = ""

    @property
    def end(self) -> str:
        """One word for how it ended."""
        if self.committed:
            return {True: "right", False: "wrong", None: "unjudged"}[self.right]
        return "abstained" if self.plausible else "none"


def tried(case: str, half: str, share: float, right: bool | None, result: RunResult) -> Try:  # noqa: FBT001
    """A run of the main job as a try."""
    turn = result.tried[-1] if result.tried else None
    usage = dict(turn.usage) if turn else {}
    return Try(
        case=case,
        half=half,
        share=share,
        plausible=bool(usage.get("plausible")),
        committed=result.outcome is Outcome.PROPOSED,
        right=right if result.outcome is Outcome.PROPOSED else None,
        seconds=round(turn.seconds, 2) if turn else 0.0,
        search_seconds=float(str(usage.get("search_seconds") or 0.0)),
        patches=int(str(usage.get("patches") or 0)),
        family=str(usage.get("family") or ""),
        told=turn.summary.partition("\n")[0] if turn else result.reason,
    )


def as_bars(tries: Sequence[Try]) -> list[Bar]:
    """One bar for each half and share of the tests."""
    bars = []
    for title, group in _groups(tries).items():
        right = sum(t.right is True for t in group)
        wrong = sum(t.right is False for t in group)
        abstained = sum(t.plausible and not t.committed for t in group)
        bars.append(Bar(title, (right, wrong, abstained, len(group) - right - wrong - abstained)))
    return bars


def as_text(tries: Sequence[Try]) -> str:
    """Markdown tables of the groups, of the families, and of every case."""
    lines = [
        "| cases | n | plausible | committed | right | median s of search | median patches |",
        "|---|---|---|---|---|---|---|",
    ]
    for title, group in _groups(tries).items():
        cells = (
            title, len(group), sum(t.plausible for t in group), sum(t.committed for t in group),
            sum(t.right is True for t in group), f"{median(t.search_seconds for t in group):.1f}",
            f"{median(t.patches for t in group):.0f}",
        )  # fmt: skip
        lines.append(f"| {' | '.join(map(str, cells))} |")
    lines += ["", "| family of the patch | plausible | committed right |", "|---|---|---|"]
    found = Counter(t.family for t in tries if t.plausible)
    right = Counter(t.family for t in tries if t.right)
    lines += [f"| {name} | {count} | {right[name]} |" for name, count in found.most_common()]
    lines += [
        "",
        "| case | tests | ended | s of search | patches | told |",
        "|---|---|---|---|---|---|",
    ]
    lines += [_row(t) for t in tries]
    return "\n".join(lines) + "\n"


def as_line(t: Try) -> str:
    """One case for people who wait."""
    return f"{t.case} ({t.half}, {t.share:.0%}): {t.end}, {t.search_seconds:.1f} s. {t.told}"


def _row(t: Try) -> str:
    told = t.told.replace("|", "\\|")
    cells = (t.case, f"{t.half} {t.share:.0%}", t.end, f"{t.search_seconds:.1f}", t.patches, told)
    return f"| {' | '.join(map(str, cells))} |"


def as_document(tries: Sequence[Try]) -> list[dict[str, object]]:
    """Every try as plain data."""
    return [asdict(t) for t in tries]


def _groups(tries: Sequence[Try]) -> dict[str, list[Try]]:
    groups: dict[str, list[Try]] = {}
    for t in tries:
        groups.setdefault(f"{t.half}, {t.share:.0%} of tests", []).append(t)
    return groups
