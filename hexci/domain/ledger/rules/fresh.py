"""ADR010: the generated index says what the records say."""

from collections.abc import Iterator

from hexci.domain.finding import Finding
from hexci.domain.ledger.index import render_index
from hexci.domain.ledger.step import Step
from hexci.domain.rule import Rule

INDEX_FRESH = Rule(
    id="ADR010",
    name="index-fresh",
    title="The index equals what hexci adr index makes of the records.",
    why="A list kept by hand falls behind: who reads it believes that a decision does not exist.",
    fix="hexci adr index",
    bad="a record that INDEX.md does not list",
    good="hexci adr index && git add docs/adr/INDEX.md",
)


def judge(step: Step) -> Iterator[Finding]:
    """One finding when the index differs from its regeneration, or went away."""
    path = step.policy.index_path
    if step.new.index is None:
        if step.old.index is not None:
            yield INDEX_FRESH.finding(path, 0, f"it is in {step.base} and is gone here")
        return
    expected = render_index(step.new.records.values(), step.policy, step.old.index)
    if step.new.index != expected:
        line = _first_difference(step.new.index, expected)
        yield INDEX_FRESH.finding(path, line, "it differs from the records", identity="stale")


def _first_difference(ours: str, expected: str) -> int:
    pairs = zip(ours.split("\n"), expected.split("\n"), strict=False)
    for number, (a, b) in enumerate(pairs, start=1):
        if a != b:
            return number
    return min(ours.count("\n"), expected.count("\n")) + 1
