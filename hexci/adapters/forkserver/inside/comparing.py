"""The two sides of an equality that a test found to be none."""

from __future__ import annotations

import ast
import functools
import linecache
import types

_PLAIN = (str, bytes, int, float, bool, type(None), list, tuple, dict, set)
_MOST = 2_000  # characters of a side


def compared(error: BaseException):
    """Both sides as literals, `[left, right]`; None where there are none, or no plain ones.

    A plain `assert a == b` keeps neither side, so both are evaluated once more, in the frame
    that failed; what is not the same the second time may mislead, and does no other harm.
    """
    if not isinstance(error, AssertionError):
        return None
    frames = []
    at = error.__traceback__
    while at is not None:
        frames.append((at.tb_frame, at.tb_lineno))
        at = at.tb_next
    try:
        sides = _of_unittest(frames) or _of_assert(*frames[-1])
        return _as_literals(*sides) if sides else None
    except BaseException:  # noqa: BLE001 - what the program's own objects do when asked again
        return None


def _of_unittest(frames: list):
    for frame, _ in frames:
        if frame.f_code.co_filename.endswith("case.py"):
            for one, other in (("first", "second"), ("seq1", "seq2"), ("d1", "d2")):
                if one in frame.f_locals and other in frame.f_locals:
                    return frame.f_locals[one], frame.f_locals[other]
    return None


def _of_assert(frame: types.FrameType, line: int):
    for node in _asserts(frame.f_code.co_filename):
        if node.lineno <= line <= node.end_lineno:
            test = node.test
            if isinstance(test, ast.Compare) and isinstance(test.ops[0], (ast.Eq, ast.Is)):
                return tuple(_value(side, frame) for side in (test.left, test.comparators[0]))
    return None


@functools.lru_cache(maxsize=16)
def _asserts(path: str) -> tuple:
    tree = ast.parse("".join(linecache.getlines(path)))
    return tuple(node for node in ast.walk(tree) if isinstance(node, ast.Assert))


def _value(side: ast.expr, frame: types.FrameType) -> object:
    code = compile(ast.Expression(side), "<side>", "eval")
    return eval(code, frame.f_globals, frame.f_locals)  # noqa: S307 - the test's own expression


def _as_literals(left: object, right: object):
    if type(left) not in _PLAIN or type(right) not in _PLAIN or left == right:
        return None
    told = [repr(left), repr(right)]
    if any(len(text) > _MOST for text in told):
        return None
    for text in told:
        ast.literal_eval(text)  # raises where something inside is no literal
    return told
