"""`paths` and `baseUrl` of tsconfig and jsconfig files, comments and trailing commas allowed."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_STRING_OR_COMMENT = re.compile(r'("(?:[^"\\]|\\.)*")|//[^\n]*|/\*.*?\*/', re.DOTALL)
_TRAILING = re.compile(r'("(?:[^"\\]|\\.)*")|,(\s*[}\]])')
_DEEPEST = 8  # of `extends`


@dataclass(frozen=True, slots=True)
class Paths:
    """Where bare names may lead from one folder on; `base` is what they are relative to."""

    base: str
    has_base_url: bool
    patterns: tuple[tuple[str, tuple[str, ...]], ...]

    def candidates(self, spec: str) -> Sequence[str]:
        """Paths relative to `base` that `spec` may mean, the best first."""
        found: list[str] = []
        for pattern, targets in self.patterns:
            before, star, after = pattern.partition("*")
            if not star and spec == pattern:
                found += targets
            elif star and spec.startswith(before) and spec.endswith(after):
                middle = spec[len(before) : len(spec) - len(after)]
                found += [target.replace("*", middle, 1) for target in targets]
        return [*found, spec] if self.has_base_url else found


def paths_of(documents: Mapping[str, bytes]) -> dict[str, Paths]:
    """The settings of every folder with a config; one that cannot be read has none."""
    found = {}
    for path in sorted(documents):
        folder, _, name = path.rpartition("/")
        if name in {"tsconfig.json", "jsconfig.json"} and folder not in found:
            read = _read(path, documents, 0)
            if read is not None:
                found[folder] = read
    return found


def _read(path: str, documents: Mapping[str, bytes], depth: int) -> Paths | None:
    body = _json(documents.get(path))
    if body is None or depth > _DEEPEST:
        return None
    folder = path.rpartition("/")[0]
    own = _own(body, folder)
    if own is not None:
        return own
    for key in ("extends", "references"):
        for other in _others(body.get(key), folder):
            for name in (other, f"{other}.json", f"{other}/tsconfig.json"):
                inherited = _read(name, documents, depth + 1) if name in documents else None
                if inherited is not None:
                    return inherited
    return None


def _own(body: dict[str, object], folder: str) -> Paths | None:
    options = body.get("compilerOptions")
    if not isinstance(options, dict):
        return None
    base_url, paths = options.get("baseUrl"), options.get("paths")
    if not isinstance(base_url, str) and not isinstance(paths, dict):
        return None
    patterns = [
        (key, tuple(str(item) for item in value))
        for key, value in (paths.items() if isinstance(paths, dict) else ())
        if isinstance(value, list)
    ]
    patterns.sort(key=lambda item: ("*" in item[0], -len(item[0].partition("*")[0])))
    base = _joined(folder, base_url) if isinstance(base_url, str) else folder
    return Paths(base, isinstance(base_url, str), tuple(patterns))


def _others(value: object, folder: str) -> list[str]:
    """Configs of this tree that are named; those of packages are nobody's to read here."""
    items = value if isinstance(value, list) else [value]
    names = [item.get("path") if isinstance(item, dict) else item for item in items]
    return [_joined(folder, n) for n in names if isinstance(n, str) and n.startswith(".")]


def _json(content: bytes | None) -> dict[str, object] | None:
    if content is None:
        return None
    text = content.decode("utf-8-sig", "replace")
    text = _STRING_OR_COMMENT.sub(lambda m: m[1] or " ", text)
    text = _TRAILING.sub(lambda m: m[1] or m[2], text)
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def _joined(folder: str, path: str) -> str:
    parts = folder.split("/") if folder else []
    for part in path.split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in {"", ".", ".."}:
            parts.append(part)
    return "/".join(parts)
