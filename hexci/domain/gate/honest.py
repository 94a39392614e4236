"""Step 8, honesty: added production code must not know that it is tested."""

import difflib
import json
from collections.abc import Iterable

from hexci.domain.change import Change, FileChange
from hexci.domain.gate.awareness_python import Sign, signs_of
from hexci.domain.gate.awareness_text import text_signs
from hexci.domain.gate.ruling import passed, refused, suspicious
from hexci.domain.gate.special_cases import special_cases
from hexci.domain.gate.special_text import text_pairs, text_special_cases
from hexci.domain.gate.stated_pairs import Pair, pairs_of
from hexci.domain.outcome import Outcome
from hexci.domain.verdict import Step, StepResult


def judge_honest(change: Change, production: Iterable[str], pairs: Iterable[Pair]) -> StepResult:
    """`tampered` for a certain sign of harness awareness, suspicious for an uncertain one.

    `production` are the paths to read; `pairs` what the tests that turned green say.
    """
    known = frozenset(pairs)
    found = [
        (file.path, sign)
        for path in production
        if (file := change.by_path.get(path)) and file.after is not None
        for sign in _signs(file, known)
    ]
    told = [f"{path}:{sign.line}: {sign.text}" for path, sign in found]
    certain = [text for text, (_, sign) in zip(told, found, strict=True) if sign.certain]
    if certain:
        return refused(Step.HONEST, Outcome.TAMPERED, certain[0], faults=[*certain])
    if told:
        return suspicious(Step.HONEST, told[0], faults=[*told])
    return passed(Step.HONEST)


def pairs_in(path: str, source: bytes) -> frozenset[Pair]:
    """What a test file states: which literals go in, which comes out."""
    return pairs_of(source) if path.endswith(".py") else text_pairs(path, source)


def _signs(file: FileChange, pairs: frozenset[Pair]) -> tuple[Sign, ...]:
    after = file.after or b""
    added = added_lines(file.before, after)
    if file.path.endswith(".json"):
        return _data_signs(file, pairs)
    if not file.path.endswith(".py"):
        special = text_special_cases(file.path, after, added, pairs)
        return (*text_signs(file.path, after, added), *special)
    cases = special_cases(file.before, after, pairs)
    return (
        *signs_of(file.before, after, added),
        *(Sign(case.line, case.text, certain=True) for case in cases),
    )


def _data_signs(file: FileChange, pairs: frozenset[Pair]) -> tuple[Sign, ...]:
    """A new table of which every row is a test's."""
    try:
        table = json.loads(file.after or b"") if file.before is None else None
    except ValueError:
        return ()
    if not isinstance(table, dict) or len(table) < 2:
        return ()
    if all(any(pair.says(key, value) for pair in pairs) for key, value in table.items()):
        return (Sign(1, "the table holds nothing but what the tests ask", certain=True),)
    return ()


def added_lines(before: bytes | None, after: bytes) -> frozenset[int]:
    """Line numbers, from 1, of `after` that `before` does not have in that place."""
    new = after.splitlines()
    if before is None:
        return frozenset(range(1, len(new) + 1))
    matcher = difflib.SequenceMatcher(None, before.splitlines(), new, autojunk=False)
    return frozenset(
        line + 1
        for tag, _, _, start, end in matcher.get_opcodes()
        if tag != "equal"
        for line in range(start, end)
    )
