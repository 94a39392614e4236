"""What lenses found of seeded defects, and what they said of clean twins."""

from collections.abc import Sequence
from dataclasses import dataclass

from hexci.adapters.reviewbench.seeded import Bug
from hexci.domain.canonical import Json
from hexci.domain.review.claim import Claim
from hexci.domain.review.proving import enclosing_function


@dataclass(frozen=True, slots=True)
class Looked:
    """One review: of a bug, or of a clean twin (`bug` is None).

    `by` are the lenses that found the bug, `false` what was said that is not so; `silent` are the
    lenses that could not answer.
    """

    name: str
    bug: Bug | None
    by: tuple[str, ...]
    false: tuple[str, ...]
    silent: tuple[str, ...]
    seconds: float


def finds(bug: Bug, claim: Claim) -> bool:
    """Whether a proven claim is about a bug: in a function that it touches, or naming one."""
    if claim.path != bug.path:
        return False
    text = bug.files[bug.path]
    touched = {enclosing_function(text, line) for line in bug.lines} - {""}
    names = {name.rpartition(".")[2] for name in touched}
    said = claim.title.replace("/", " ").replace(".", " ").split()
    inside = enclosing_function(text, claim.line) in touched or claim.line in bug.lines
    return inside or bool(names & set(said))


def as_text(reviews: Sequence[Looked]) -> str:
    """A line for each review, then the figures for each lens."""
    lines = []
    for one in reviews:
        if one.bug is None:
            said = f"clean, {len(one.false)} false" if one.false else "clean"
        else:
            said = ", ".join(one.by) or "-"
        silent = f"  (no answer: {', '.join(one.silent)})" if one.silent else ""
        lines.append(f"{one.name:34} {one.seconds:6.1f} s  {said}{silent}")
        lines += [f"{'':34}           false: {text}" for text in one.false]
    bugs = [one for one in reviews if one.bug is not None]
    found = sum(bool(one.by) for one in bugs)
    lines += ["", f"{'lens':14} found  alone"]
    for lens, every, alone in _figures(bugs):
        lines.append(f"{lens:14} {every:5}  {alone:5}")
    share = 100 * found / len(bugs) if bugs else 0.0
    twins = len(reviews) - len(bugs)
    false = sum(len(one.false) for one in reviews if one.bug is None)
    lines.append(f"{'together':14} {found:5}  of {len(bugs)} defects ({share:.0f} %)")
    lines.append(f"{'clean twins':14} {false:5}  false findings in {twins}")
    return "\n".join(lines) + "\n"


def as_document(reviews: Sequence[Looked]) -> Json:
    """The same for a program."""
    bugs = [one for one in reviews if one.bug is not None]
    return {
        "reviews": [
            {
                "name": one.name,
                "clean": one.bug is None,
                "kind": one.bug.kind if one.bug else "",
                "found_by": [*one.by],
                "false": [*one.false],
                "no_answer": [*one.silent],
                "seconds": round(one.seconds, 2),
            }
            for one in reviews
        ],
        "lenses": {lens: {"found": n, "alone": m} for lens, n, m in _figures(bugs)},
        "found": sum(bool(one.by) for one in bugs),
        "defects": len(bugs),
        "false_on_clean": sum(len(one.false) for one in reviews if one.bug is None),
    }


def _figures(bugs: Sequence[Looked]) -> list[tuple[str, int, int]]:
    """(lens, defects found, defects that it alone found)."""
    lenses = sorted({lens for one in bugs for lens in one.by})
    return [
        (lens, sum(lens in one.by for one in bugs), sum(one.by == (lens,) for one in bugs))
        for lens in lenses
    ]
