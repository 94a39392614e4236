"""What `package.json` files say: names, `exports`, `imports`."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# the conditions of `exports`, sources first
_CONDITIONS = ("source", "types", "typescript", "import", "module", "require", "node", "browser",
               "default")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Package:
    """One `package.json`: where it is and what it hands out."""

    folder: str
    name: str
    exports: object
    imports: object
    mains: tuple[str, ...]

    def export_targets(self, part: str) -> Iterator[str]:
        """Files that `name` plus `part` (`.`, `./deep`) may stand for."""
        exports = self.exports
        if isinstance(exports, dict) and any(str(key).startswith(".") for key in exports):
            yield from _matching(exports, part)
        elif part == ".":
            yield from _strings(exports)
        if part == ".":
            yield from self.mains

    def import_targets(self, spec: str) -> Iterator[str]:
        """Files or packages that `#spec` may stand for."""
        if isinstance(self.imports, dict):
            yield from _matching(self.imports, spec)


def packages_of(documents: Mapping[str, bytes]) -> dict[str, Package]:
    """The packages of a tree by their folder; unreadable ones are left out."""
    found = {}
    for path, content in sorted(documents.items()):
        folder, _, name = path.rpartition("/")
        if name != "package.json" or "node_modules" in folder:
            continue
        try:
            body = json.loads(content)
        except (ValueError, RecursionError):
            continue
        if isinstance(body, dict):
            found[folder] = _package(folder, body)
    return found


def _package(folder: str, body: dict[str, object]) -> Package:
    mains = tuple(
        value
        for key in ("source", "types", "typings", "module", "main")
        if isinstance(value := body.get(key), str)
    )
    name = body.get("name")
    return Package(
        folder, name if isinstance(name, str) else "", body.get("exports"), body.get("imports"),
        mains,
    )  # fmt: skip


def _matching(table: dict[str, object], part: str) -> Iterator[str]:
    if part in table:
        yield from _strings(table[part])
        return
    # the longest pattern wins, as Node has it
    for key in sorted(table, key=len, reverse=True):
        before, star, after = key.partition("*")
        middle = part[len(before) : len(part) - len(after)]
        if star and part.startswith(before) and part.endswith(after) and middle:
            yield from (text.replace("*", middle) for text in _strings(table[key]))
            return


def _strings(value: object, depth: int = 0) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item, depth + 1)
    elif isinstance(value, dict) and depth < 8:
        for condition in [*_CONDITIONS, *(key for key in value if key not in _CONDITIONS)]:
            if condition in value:
                yield from _strings(value[condition], depth + 1)
