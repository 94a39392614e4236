"""A review as Markdown: what is proven and the test that shows it, the rest folded away."""

from hexci.adapters.sinks.markdown import code, fenced, plain
from hexci.domain.bounded import bounded
from hexci.domain.review.claim import Judged, Standing
from hexci.domain.review.review import Review

# Defects told with their tests; the SARIF file and the annotations have all.
_MOST = 20
_REPRODUCER = 4_000
_MOST_OTHERS = 30


def page(review: Review) -> str:
    """Every text in it may be a model's or the code's: none of it starts markup."""
    parts = [_defect(number, one) for number, one in enumerate(review.confirmed[:_MOST], 1)]
    if len(review.confirmed) > _MOST:
        parts.append(f"and {len(review.confirmed) - _MOST} more")
    parts.append(_lenses(review))
    others = [one for one in review.judged if one.standing is not Standing.CONFIRMED]
    if others:
        parts.append(_folded(f"{len(others)} not proven", _listed(others)))
    return "\n\n".join(parts) + "\n"


def _defect(number: int, one: Judged) -> str:
    claim = one.claim
    head = f"**{number}.** {code(f'{claim.path}:{claim.line}')} {plain(claim.title)}"
    why = f"\n{plain(claim.why)}" if claim.why else ""
    test = fenced(bounded(claim.reproducer.strip(), _REPRODUCER), "python")
    return f"{head}{why}\n\n{_folded(f'the test that shows it: {plain(one.reason)}', test)}"


def _lenses(review: Review) -> str:
    rows = [
        f"| {code(lens.lens)} | {plain(lens.status.value)} | {len(lens.claims)} "
        f"| {plain(lens.told)} |"
        for lens in review.lenses
    ]
    return "\n".join(["| lens | answer | claims | |", "|---|---|---|---|", *rows])


def _listed(others: list[Judged]) -> str:
    lines = [
        f"- {code(one.claim.lens)} {plain(one.claim.title)}: "
        f"{plain(one.standing.value)}: {plain(one.reason)}"
        for one in others[:_MOST_OTHERS]
    ]
    left = len(others) - len(lines)
    return "\n".join([*lines, *([f"- and {left} more"] if left > 0 else [])])


def _folded(title: str, text: str) -> str:
    return f"<details><summary>{title}</summary>\n\n{text}\n\n</details>"
