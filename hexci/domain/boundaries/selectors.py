"""Patterns that select modules: dotted names or paths, with `*` and `**`.

`shop.domain` is that module and all below it; `shop.adapters.*` is each adapter, `shop.**.api`
any depth. A pattern with a slash is a path: `src/domain` is all below it, `src/*/api.ts` a file.
Rust's `::` is read as a dot. Where several patterns match, the longest one wins.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from hexci.domain.named_tuple import NamedTuple

_PIECE = r"\*\*|\*|::|[^*:]+|:"


@lru_cache(maxsize=1024)
def selector(pattern: str) -> re.Pattern[str]:
    """The expression for one pattern; its group 1 is the part that the pattern names."""
    return re.compile(_source(pattern) + r"\Z", re.DOTALL)


def is_path(pattern: str) -> bool:
    """Whether `pattern` is about paths (else: module names)."""
    return "/" in pattern


def selects(patterns: Sequence[str], module: str, path: str) -> bool:
    """Whether one of `patterns` selects the module."""
    return matched_part(patterns, module, path) is not None


def matched_part(patterns: Sequence[str], module: str, path: str) -> str | None:
    """The part of the name or path that a pattern names: which adapter, which package."""
    for pattern in patterns:
        found = selector(pattern).match(path if is_path(pattern) else module)
        if found is not None:
            return found[1]
    return None


def _source(pattern: str) -> str:
    if is_path(pattern):
        text = pattern.removeprefix("./").removeprefix("/").rstrip("/")
        return f"({_pieces(text, '[^/]', '.')})(?:/.*)?"
    return f"({_pieces(pattern, '[^.:]', '.')})(?:(?:[.]|::).*)?"


def _pieces(text: str, one: str, many: str) -> str:
    out = []
    for piece in re.findall(_PIECE, text):
        if piece == "**":
            out.append(f"{many}*")
        elif piece == "*":
            out.append(f"{one}+" if one != "[^/]" else f"{one}*")
        elif piece == "::":
            out.append(r"(?:\.|::)")
        else:
            out.append(re.escape(piece))
    joined = "".join(out)
    # `a/**/b` also means `a/b`, and `**/b` means `b`
    if joined.startswith(".*/"):
        joined = "(?:.*/)?" + joined[3:]
    return joined.replace("/.*/", "/(?:.*/)?").replace(r"\..*\.", r"\.(?:.*\.)?")


class Placement(NamedTuple):
    """For every node: the number of its group (-1: none) and the part that was named."""

    groups: list[int]
    parts: list[str]


def place(
    groups: Sequence[Sequence[str]], modules: Sequence[str], paths: Sequence[str]
) -> Placement:
    """Every node's group: the one with the longest pattern that matches."""
    plain = _plain(groups)
    if plain is not None and not any(":" in module for module in modules):
        return _placed_plainly(plain, modules)
    by_name = _combined(groups, paths=False)
    by_path = _combined(groups, paths=True)
    numbers: list[int] = []
    parts: list[str] = []
    for module, path in zip(modules, paths, strict=True):
        number, part = -1, ""
        if by_name is not None:
            number, part = _match(by_name, module)
        if number < 0 and by_path is not None:
            number, part = _match(by_path, path)
        numbers.append(number)
        parts.append(part)
    return Placement(numbers, parts)


def _plain(groups: Sequence[Sequence[str]]) -> list[tuple[str, int]] | None:
    """The patterns and their groups where all are dotted names, as most are; else None."""
    if not all(_is_dotted(pattern) for patterns in groups for pattern in patterns):
        return None
    return _longest_first([(p, number) for number, some in enumerate(groups) for p in some])


def _is_dotted(pattern: str) -> bool:
    """Whether it is of words with dots between them."""
    plain = pattern.replace("-", "a").replace("_", "a")
    return all(word.isalnum() for word in plain.split("."))


def _placed_plainly(plain: list[tuple[str, int]], modules: Sequence[str]) -> Placement:
    """The same without an expression, in a fifth of the time: a module goes with its package."""
    known = {pattern: (number, pattern) for pattern, number in reversed(plain)}
    known.setdefault("", (-1, ""))
    numbers: list[int] = []
    parts: list[str] = []
    for module in modules:
        package = module.rpartition(".")[0]
        found = known.get(module) or known.get(package) or _placed_above(known, package)
        numbers.append(found[0])
        parts.append(found[1])
    return Placement(numbers, parts)


def _placed_above(known: dict[str, tuple[int, str]], package: str) -> tuple[int, str]:
    """The group of a package that is not in `known`; it is put in, with those it is in."""
    above = []
    while (found := known.get(package)) is None:
        above.append(package)
        package = package.rpartition(".")[0]
    known.update(dict.fromkeys(above, found))
    return found


_Combined = tuple[re.Pattern[str], list[int]]


def _combined(groups: Sequence[Sequence[str]], *, paths: bool) -> _Combined | None:
    wanted = [
        (pattern, number)
        for number, patterns in enumerate(groups)
        for pattern in patterns
        if is_path(pattern) is paths
    ]
    if not wanted:
        return None
    wanted = _longest_first(wanted)
    expression = "|".join(f"(?:{_source(pattern)}\\Z)" for pattern, _ in wanted)
    return re.compile(expression, re.DOTALL), [number for _, number in wanted]


def _longest_first(wanted: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Of two equally long patterns the one without wildcards comes first."""
    return sorted(
        wanted, key=lambda item: (-_depth(item[0]), item[0].count("*"), -len(item[0]), item[1])
    )


def _depth(pattern: str) -> int:
    return 1 + pattern.replace("::", ".").replace("/", ".").count(".")


def _match(combined: _Combined, text: str) -> tuple[int, str]:
    expression, numbers = combined
    found = expression.match(text)
    if found is None or found.lastindex is None:
        return -1, ""
    return numbers[found.lastindex - 1], found[found.lastindex]
