"""Fields of f-strings and templates: how wide, how exact and in which base a value is shown."""

import ast
import re
from collections.abc import Iterator

from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.source import Edit

_FIELD = re.compile(r"\{(?P<what>[^{}:!]*)(?P<how>![rsa])?(?::(?P<spec>[^{}]*))?\}")
_SPEC = re.compile(
    r"(?P<align>(?:[^{}]?[<>^=])?)(?P<sign>[-+ ]?)(?P<zero>0?)(?P<width>\d*)(?P<group>[,_]?)"
    r"(?P<precision>(?:\.\d+)?)(?P<type>[a-zA-Z%]?)"
)
_TYPES = ("", "x", "X", "b", "o", "d", "f", "g", "%")
_NEW = (":02", ":.2f", ":,", "!r", ":x", ":b")  # for a field that says nothing


def propose(site: Site) -> Iterator[Proposal]:
    """One field of a text shown in another way."""
    node = site.node
    if isinstance(node, ast.Constant) and not isinstance(node.value, str):
        return
    if isinstance(site.source.parent(node), (ast.Expr, ast.JoinedStr)):
        return
    start, text = site.source.span(node)[0], site.text(node)
    for field in _FIELD.finditer(text):
        if isinstance(node, ast.Constant) and not re.fullmatch(r"\w*", field["what"]):
            continue  # braces of something else
        for new, weight in _others(field):
            at = start + len(text[: field.start()].encode())
            edit = Edit(at, at + len(field[0].encode()), f"{{{field['what']}{new}}}")
            yield Proposal((edit,), f"{field[0]} to {new or 'plain'}", weight)


def _others(field: re.Match[str]) -> Iterator[tuple[str, float]]:
    how, spec = field["how"] or "", field["spec"]
    if spec is None:
        yield from ((new, 0.12) for new in _NEW if new != how)
        if how:
            yield "", 0.3
        return
    yield how, 0.2
    parts = _SPEC.fullmatch(spec)
    if parts is None:
        return
    for change, weight in _changes(parts):
        new = "".join({**parts.groupdict(), **change}.values())
        if new != spec:
            yield f"{how}:{new}" if new else how, weight


def _changes(parts: re.Match[str]) -> Iterator[tuple[dict[str, str], float]]:
    yield from (({"type": kind}, 0.3) for kind in _TYPES)
    yield from (({"align": align}, 0.4) for align in ("<", ">", "^", ""))
    yield from (({"zero": zero}, 0.4) for zero in ("0", ""))
    yield from (({"group": group}, 0.2) for group in (",", "_", ""))
    yield from (({"sign": sign}, 0.2) for sign in ("+", ""))
    if parts["width"]:
        width = int(parts["width"])
        yield from (({"width": str(w)}, 0.5) for w in (width + 1, width - 1, width * 2) if w > 0)
        yield {"width": ""}, 0.2
    digits = int(parts["precision"][1:]) if parts["precision"] else None
    near = (digits - 1, digits + 1) if digits is not None else (2, 1)
    yield from (({"precision": f".{d}"}, 0.4) for d in near if d >= 0)


FAMILY = Family("formats", (ast.JoinedStr, ast.Constant), propose, ceiling=0.5)
