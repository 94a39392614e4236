"""Tool calls in plain text, for models that have no native ones.

Three forms are understood, the first that is found wins: `<tool_call>` tags and fenced blocks that
hold JSON `{"name": …, "arguments": {…}}` (also `tool`, `args`, or the arguments beside the name),
and SEARCH/REPLACE blocks under a line with the path, which become one `propose_edit`.
"""

import json
import re
from collections.abc import Container, Iterable, Iterator

from hexci.domain.agent.conversation import ToolCall
from hexci.domain.agent.tools import NAMES
from hexci.domain.canonical import Json

_TAG = re.compile(r"<tool_call>\s*(.*?)\s*(?:</tool_call>|\Z)", re.DOTALL)
_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})[^\n]*\n(.*?)^[ \t]*\1[ \t]*$", re.DOTALL | re.MULTILINE)
_BLOCK = re.compile(
    r"^<{5,9} ?SEARCH[ \t]*\n(?P<old>.*?)^={5,9}[ \t]*\n(?P<new>.*?)^>{5,9} ?REPLACE[ \t]*$",
    re.DOTALL | re.MULTILINE,
)
_PATH = re.compile(r"[\w./@+-][\w ./@+-]*")
_NAME_KEYS = ("name", "tool", "tool_name", "function")
_ARGUMENT_KEYS = ("arguments", "args", "parameters", "input")


def calls_in(text: str, more: Iterable[str] = ()) -> tuple[ToolCall, ...]:
    """The calls that `text` makes, in order; empty when it makes none.

    `more` are names of tools beside those of WORK.
    """
    names = NAMES | {*more}
    found = list(_from_json((match[1] for match in _TAG.finditer(text)), names))
    found = found or list(_from_json((match[2] for match in _FENCE.finditer(text)), names))
    found = found or list(_from_json([text] if text.lstrip().startswith("{") else [], names))
    found = found or list(_from_blocks(text))
    return tuple(found)


def _from_json(pieces: Iterable[str], names: Container[str]) -> Iterator[ToolCall]:
    number = 0
    for piece in pieces:
        for body in _objects(piece):
            call = _call(body, number + 1, names)
            if call is not None:
                number += 1
                yield call


def _objects(text: str) -> Iterator[dict[str, Json]]:
    """Every JSON object that stands in `text` one after the other."""
    decoder = json.JSONDecoder(strict=False)
    position = text.find("{")
    while position >= 0:
        try:
            body, end = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            return
        if isinstance(body, dict):
            yield body
        position = text.find("{", end)


def _call(body: dict[str, Json], number: int, names: Container[str]) -> ToolCall | None:
    name = next((body[key] for key in _NAME_KEYS if isinstance(body.get(key), str)), None)
    if not isinstance(name, str) or name not in names:
        return None
    key = next((key for key in _ARGUMENT_KEYS if key in body), None)
    arguments = body[key] if key else {k: v for k, v in body.items() if k not in _NAME_KEYS}
    if isinstance(arguments, str):
        return from_text_arguments(f"text-{number}", name, arguments, native=False)
    if not isinstance(arguments, dict):
        return ToolCall(f"text-{number}", name, {}, native=False, problem="arguments: no object")
    return ToolCall(f"text-{number}", name, arguments, native=False)


def from_text_arguments(identity: str, name: str, arguments: str, *, native: bool) -> ToolCall:
    """A call whose arguments came as a string of JSON, as providers send them."""
    try:
        body = json.loads(arguments or "{}", strict=False)
    except (ValueError, RecursionError) as error:
        return ToolCall(identity, name, {}, native, f"the arguments are not JSON: {error}")
    if not isinstance(body, dict):
        return ToolCall(identity, name, {}, native, "the arguments are not a JSON object")
    return ToolCall(identity, name, body, native)


def _from_blocks(text: str) -> Iterator[ToolCall]:
    edits: list[Json] = []
    for match in _BLOCK.finditer(text):
        path = _path_above(text[: match.start()])
        if path:
            old, new = match["old"], match["new"]
            edits.append(
                {"path": path, "old": old, "new": new} if old else {"path": path, "content": new}
            )
    if edits:
        yield ToolCall("text-1", "propose_edit", {"edits": edits}, native=False)


def _path_above(text: str) -> str:
    """The nearest line above that is nothing but a path, with the decoration that models add."""
    for line in reversed(text.splitlines()[-4:]):
        bare = line.strip().strip("`*#: ")
        if bare and not line.lstrip().startswith(("```", "~~~")):
            return bare if _PATH.fullmatch(bare) else ""
    return ""
