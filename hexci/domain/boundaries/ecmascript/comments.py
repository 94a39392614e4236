"""What stands in block comments, where that is beyond doubt.

Documentation shows imports in its examples. To know that one is in a comment, all before it has
to be read: strings, templates and, the one thing that cannot be told by its first character,
regular expressions. Where that takes a grammar (JSX, templates in templates), nothing is said.
"""

import re
from collections.abc import Sequence
from functools import cache

from hexci.domain.boundaries.patterns import compiled

_TEMPLATE = rb"`(?:[^`\\$]++|\\.|\$(?!\{)|\$\{[^`{}'\"/\\]*+\})*+`"
_CODE = (
    rb"(?:[^'\"`/]++|\"(?:[^\"\\\n]++|\\.)*+\"|'(?:[^'\\\n]++|\\.)*+'|//[^\n]*+|"
    + _TEMPLATE
    + rb")*+"
)
_COMMENT = rb"/\*[^*]*+(?:\*(?!/)[^*]*+)*+\*/"
_EXPRESSION = rb"/(?:[^/\\\[\n]|\\[^\n]|\[(?:[^\]\\\n]|\\[^\n])*+\])++/"
_QUIET = rb"/[^'\"`/\n]*+(?:\n|\Z)"
_JSX = (b"</", b"/>", b"<!--")
# after these an operand follows, so that a slash begins an expression
_BEFORE_OPERAND = frozenset(bytes([sign]) for sign in b"(,=:[!&|?;{")
_LAST_WORD = rb"(?<![\w$.])[\w$]++\Z"
# words that are no values: behind any other a slash divides
_BEFORE_EXPRESSION = frozenset(
    b"await case delete do else extends in instanceof new of return throw typeof void yield".split()
)


@cache
def _compiled(pattern: bytes) -> re.Pattern[bytes]:
    return compiled(pattern, re.DOTALL)


def all_in_comments(data: bytes, at: int, places: Sequence[int], *, jsx: bool) -> bool:
    """Whether every one of `places` is in a block comment; False also where that is in doubt.

    `at` is a place between two statements, `places` are behind it in their order; `jsx` says
    whether there may be tags.
    """
    if places and jsx and any(data.find(word, at) >= 0 for word in _JSX):
        return False
    for place in places:
        while at <= place:
            at = _past_code(data, at)
            if at > place:
                return False
            comment = _compiled(_COMMENT).match(data, at)
            at = comment.end() if comment is not None else _past_slash(data, at)
            if at < 0 or (comment is None and at > place):
                return False
    return True


def _past_code(data: bytes, at: int) -> int:
    """Where code ends that no comment interrupts: at a slash, or at what is no whole string."""
    code = _compiled(_CODE).match(data, at)
    return code.end() if code is not None else at


def _past_slash(data: bytes, at: int) -> int:
    """Behind the slash at `at`, or the expression that it begins; -1 where that is in doubt."""
    if data[at : at + 1] != b"/" or data[at : at + 2] == b"/*":
        return -1
    # an expression ends on its line: where there is no second slash it was a division, and
    # where there is no quote, either way the next line begins alike
    quiet = _compiled(_QUIET).match(data, at)
    if quiet is not None:
        return quiet.end()
    before = data[max(0, at - 80) : at].rstrip(b" \t")
    if before[-1:] in _BEFORE_OPERAND:
        expression = _compiled(_EXPRESSION).match(data, at)
        return expression.end() if expression is not None else -1
    word = _compiled(_LAST_WORD).search(before)
    return at + 1 if word is not None and word[0] not in _BEFORE_EXPRESSION else -1
