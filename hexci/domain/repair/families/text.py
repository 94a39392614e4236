"""Strings: white space, regular expressions, format fields, encodings."""

import ast
import re
from collections.abc import Iterator

from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.source import Edit

_LITERAL = re.compile(
    r"(?P<prefix>[rRbBuU]*)(?P<quote>'''|\"\"\"|'|\")(?P<body>.*)(?P=quote)", re.DOTALL
)
_QUANTIFIERS = {"*": ("+", "?", "*?"), "+": ("*", "+?", "")}
_CLASSES = {
    r"\d": (r"\w", r"[0-9]"), r"\w": (r"\S", r"[\w-]", r"[\w ]", r"[\w.]", "."),
    r"\s": (r" ", r"\S"),
    r"\b": ("",), "^": ("",), "$": (r"\Z", ""), "[a-z]": ("[a-zA-Z]", r"\w"),
    "[A-Z]": ("[a-zA-Z]",), "[0-9]": (r"\d",), "[a-zA-Z]": (r"\w", "[a-zA-Z0-9]"), "-?": ("",),
}  # fmt: skip


def propose(site: Site) -> Iterator[Proposal]:
    """Small changes of one string literal."""
    node = site.node
    assert isinstance(node, ast.Constant)  # noqa: S101
    if not isinstance(node.value, (str, bytes)) or isinstance(site.source.parent(node), ast.Expr):
        return
    found = _LITERAL.fullmatch(site.text(node))
    if found is None or len(found["body"]) > 200:
        return
    seen = {found["body"]}
    for body, operator, weight in _changes(site, node, found["body"]):
        if body not in seen:
            seen.add(body)
            prefix = found["prefix"]
            if "\\" in body and "\\" not in found["body"] and "r" not in prefix.lower():
                prefix = f"r{prefix}"  # the backslash is meant for the pattern
            text = f"{prefix}{found['quote']}{body}{found['quote']}"
            yield Proposal((Edit(*site.source.span(node), text),), operator, weight)


def _changes(site: Site, node: ast.Constant, body: str) -> Iterator[tuple[str, str, float]]:
    yield from _spaces(body)
    if _is_pattern(site, node, body):
        yield from _patterns(body)
    if body.lower() != body:
        yield body.lower(), "lower case", 0.2
    if body.upper() != body:
        yield body.upper(), "upper case", 0.15
    for at in range(min(len(body), 12)):
        yield body[:at] + body[at + 1 :], "drop a character", 0.15
    yield from (
        (body + extra, f"add {extra}", 0.15) for extra in (" ", "\\n", ".", ":", "/", "-", "_")
    )
    yield from ((extra + body, f"add {extra}", 0.12) for extra in (" ", "-", "/", "^", "."))


def _spaces(body: str) -> Iterator[tuple[str, str, float]]:
    if body != body.strip():
        yield body.strip(), "strip", 0.4
    if " " in body:
        yield body.replace(" ", ""), "no spaces", 0.3
    for one, other in ((", ", ","), (",", ", "), ("_", "-"), ("-", "_"), (".", ","), ("/", "\\\\")):
        if one in body:
            yield body.replace(one, other), f"{one} to {other}", 0.3


def _is_pattern(site: Site, node: ast.Constant, body: str) -> bool:
    parent = site.source.parent(node)
    named = isinstance(parent, ast.Call) and "re." in site.text(parent.func)
    return named or "\\" in body or "[" in body


def _patterns(body: str) -> Iterator[tuple[str, str, float]]:
    for at, letter in enumerate(body):
        for new in _QUANTIFIERS.get(letter, ()):
            yield body[:at] + new + body[at + 1 :], f"{letter} to {new}", 0.5
    for old, news in _CLASSES.items():
        for new in news if old in body else ():
            yield body.replace(old, new), f"{old} to {new}", 0.5
            for at in _places(body, old):
                yield body[:at] + new + body[at + len(old) :], f"one {old} to {new}", 0.4
    if not body.startswith("^"):
        yield f"^{body}", "anchor", 0.3
    if not body.endswith("$"):
        yield f"{body}$", "anchor", 0.4
    yield from _inside(body)


def _places(body: str, old: str) -> list[int]:
    """Where a class stands in a pattern by itself, at most four times."""
    found = [match.start() for match in re.finditer(re.escape(old), body)]
    return found[:4]


def _inside(body: str) -> Iterator[tuple[str, str, float]]:
    if "]" in body:
        for extra in ("-", "_", ".", " ", "+", "'"):
            yield body.replace("]", f"{extra}]", 1), f"also {extra}", 0.3
    for group in re.finditer(r"(?<!\\)\((?!\?)", body):
        yield body[: group.start()] + "(?:" + body[group.end() :], "no group", 0.2
    for dot in re.finditer(r"(?<!\\)\.", body):
        yield body[: dot.start()] + r"\." + body[dot.end() :], "literal dot", 0.4


FAMILY = Family("text", (ast.Constant,), propose, ceiling=0.5)
