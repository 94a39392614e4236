"""Which files an evidence command reads: its scripts, and what these read in turn."""

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath

from hexci.domain.gate.shell import Part, ShellError, split_line

_SHELLS = frozenset({"bash", "sh", "dash", "zsh", "source", "."})
_MOST = 200
# What is written in these is a program: named beside a runner it may be what is tested.
_CODE = frozenset({
    ".py", ".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".jsx", ".tsx", ".go", ".rs", ".rb",
    ".java", ".kt", ".c", ".cc", ".cpp", ".php", ".pl", ".swift",
})  # fmt: skip


def named_paths(
    command: str, base_paths: Iterable[str], read: Callable[[str], bytes | None]
) -> frozenset[str]:
    """Base files that decide what `command` says, followed through the shell scripts it runs.

    A module given with `-m` counts as named. Code whose output another command looks at
    (`python app.py | diff - expected.txt`), or that is given to doctest, is what is tested.
    """
    existing = set(base_paths)
    found: set[str] = set()
    waiting = [command]
    while waiting and len(found) < _MOST:
        line = waiting.pop()
        new = set(_named(line, existing)) - found
        found |= new
        waiting += [text for path in sorted(new) if (text := _script(path, read))]
        waiting += _recipes(line, read) if line == command else []
    return frozenset(found)


def _recipes(command: str, read: Callable[[str], bytes | None]) -> list[str]:
    """What `make` and `npm test` run, line by line."""
    first = command.split()[:1]
    if first == ["make"]:
        text = (read("Makefile") or read("makefile") or b"").decode("utf-8", "replace")
        return [line.lstrip("\t@-") for line in text.splitlines() if line.startswith("\t")]
    if first and first[0] in {"npm", "yarn", "pnpm", "bun"}:
        try:
            scripts = json.loads(read("package.json") or b"{}").get("scripts", {})
        except (ValueError, AttributeError):
            return []
        return [text for text in scripts.values() if isinstance(text, str)]
    return []


def _script(path: str, read: Callable[[str], bytes | None]) -> str:
    content = read(path) or b""
    text = content.decode("utf-8", "replace")
    first = text.partition("\n")[0]
    is_shell = PurePosixPath(path).suffix in {".sh", ".bash"} or (
        first.startswith("#!") and any(first.rstrip().endswith(s) for s in _SHELLS - {"."})
    )
    return text if is_shell else ""


def _named(text: str, existing: set[str]) -> Iterator[str]:
    try:
        parts = split_line(text)
    except ShellError:
        return
    for words, after in _commands(parts):
        if "--doctest-modules" in words or "doctest" in words:
            continue
        piped = after in {"|", "|&"}
        for at, word in enumerate(words):
            path = _clean(word)
            is_code = PurePosixPath(path).suffix in _CODE
            if path in existing and not (is_code and piped):
                yield path
            if (at and words[at - 1] == "-m") or "unittest" in words[:at]:
                yield from _modules(word) & existing


def _modules(word: str) -> set[str]:
    dotted = word.replace(".", "/")
    return {f"{dotted}.py", f"{dotted}/__main__.py", f"{dotted}/__init__.py"}


def _commands(parts: tuple[Part, ...]) -> Iterator[tuple[list[str], str]]:
    words: list[str] = []
    for part in (*parts, Part("", operator=True)):
        if not part.operator:
            words.append(part.text)
        elif words:
            yield words, part.text
            words = []


def _clean(word: str) -> str:
    word = word.partition("::")[0]
    while word.startswith("./"):
        word = word[2:]
    return word
