"""Patterns with possessive groups, also where Python matches those wrongly."""

import re
import sys
from functools import cache

# https://github.com/python/cpython/issues/106052
_SOUND = sys.version_info >= (3, 11, 5)
_POSSESSIVE = rb"(\)(?:[*+?]|\{\d*,?\d*\}))\+"


def compiled(pattern: bytes, flags: int = 0) -> re.Pattern[bytes]:
    """`pattern`, compiled. Before Python 3.11.5 its possessive groups backtrack.

    They then find the same, in more time and memory on hostile text: what may stand in such a
    group never begins like what follows it.
    """
    return re.compile(pattern if _SOUND else without_possessive_groups(pattern), flags)


@cache
def compiled_late(pattern: bytes) -> re.Pattern[bytes]:
    """For expressions that most runs never need: compiling one takes a millisecond."""
    return compiled(pattern, re.DOTALL)


def without_possessive_groups(pattern: bytes) -> bytes:
    """`pattern` with `(…)*+` written as `(…)*`; single characters stay possessive."""
    return re.sub(_POSSESSIVE, rb"\1", pattern)
