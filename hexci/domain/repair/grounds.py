"""Whether a patch of a literal stands on more than the one failing test that asked for it."""

import ast
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from hexci.domain.repair.patch import Patch

_SHAPING = frozenset(["0", "1", "-1", "2", "True", "False", "None", "[]", "{}", '""', "''"])
_ENOUGH = 2  # failing tests that ask for the same literal


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line where an edit turned every failing test green and a passing test refused it."""

    path: str
    line: int


def lacks_ground(
    plausible: Sequence[Patch], failing: Collection[str], refused: Collection[Refusal]
) -> bool:
    """True when only literals were altered, and nothing but one failing test asks for them.

    A literal can nearly always be bent until one test is green. A plausible edit of another kind,
    a second failing test, or passing tests that refuse other edits of the same line are
    independent grounds. Small numbers and empty values shape a program (where a loop begins, what
    a sum starts from), and there are few of them: they need no ground.
    """
    sound = [patch for patch in plausible if not patch.suspect]
    if not sound or not all(_bends_literals(patch) for patch in sound):
        return False
    if len(failing) >= _ENOUGH:
        return False
    return Refusal(sound[0].path, sound[0].line) not in refused


def _bends_literals(patch: Patch) -> bool:
    texts = [edit.text for _, edits in patch.edits for edit in edits]
    return all(_is_literal(text) and text not in _SHAPING for text in texts)


def _is_literal(text: str) -> bool:
    try:
        ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return False
    return True
