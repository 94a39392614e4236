"""Tests that live inside production files: Rust's test modules, and examples in docstrings."""

import re
from collections import Counter

from hexci.domain.gate.masking import closing, masked
from hexci.domain.gate.strength_text import text_weakening

_MODULE = re.compile(r"#\[cfg\((?:test|all\(test[^)]*\))\)\]\s*(?:pub\s+)?mod\s+\w+\s*\{")
_EXAMPLE = re.compile(r"^[ \t]*>>> .*(?:\n[ \t]*(?!>>> )\S.*)*", re.MULTILINE)


def inline_fault(path: str, before: bytes | None, after: bytes | None, *, doctests: bool) -> str:
    """Which test inside this production file was weakened, empty when none.

    `doctests` says that the evidence runs the examples of docstrings.
    """
    if before is None:
        return ""
    if path.endswith(".rs"):
        return _rust_fault(before, after or b"")
    if doctests and path.endswith((".py", ".md", ".rst", ".txt", ".pyi")):
        return _example_fault(before, after or b"")
    return ""


def _rust_fault(before: bytes, after: bytes) -> str:
    old, new = _test_modules(before), _test_modules(after)
    if not old or old == new:
        return ""
    if fault := text_weakening("tests.rs", old.encode(), new.encode()):
        return f"its test module: {fault}"
    return ""


def _test_modules(content: bytes) -> str:
    text = content.decode("utf-8", "replace")
    mask = masked(text, "rust")
    found = [text[m.start() : closing(mask, m.end() - 1) + 1] for m in _MODULE.finditer(mask)]
    return "\n".join(found)


def _example_fault(before: bytes, after: bytes) -> str:
    old, new = _examples(before), _examples(after)
    if lost := sorted((old - new).elements()):
        return f"an example that is evidence changed: {lost[0].splitlines()[0]}"
    return ""


def _examples(content: bytes) -> Counter[str]:
    text = content.decode("utf-8", "replace")
    return Counter(
        "\n".join(line.strip() for line in example.splitlines())
        for example in _EXAMPLE.findall(text)
    )
