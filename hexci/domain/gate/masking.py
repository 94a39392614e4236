"""Source of brace languages with strings and comments blanked out, position by position.

Good enough to match braces and find words in JavaScript, TypeScript, Go, Rust and their kin: what
stands in a string, template, comment or regular expression is not code.
"""

import re
from pathlib import PurePosixPath

_ECMASCRIPT = frozenset({".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx"})
_FAMILIES = {**dict.fromkeys(_ECMASCRIPT, "ecmascript"), ".go": "go", ".rs": "rust"}

_COMMENT = r"//[^\n]*|/\*[\s\S]*?(?:\*/|\Z)"
_DOUBLE = r'"(?:\\[\s\S]|[^"\\\n])*"?'
_SINGLE = r"'(?:\\[\s\S]|[^'\\\n])*'?"
_TEMPLATE = r"`(?:\\[\s\S]|[^`\\])*`?"
# a slash opens a regular expression where no value can stand before it
_REGEX = r"(?<=[(,=:\[!&|?{};\n])[ \t]*/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*"
_GO_CHARACTER = r"'(?:\\.[^']*|[^'\\])'"
_GO_RAW = r"`[^`]*`?"
_RUST_RAW = r'b?r(#*)"[\s\S]*?"\1'
_RUST_TEXT = r'b?"(?:\\[\s\S]|[^"\\])*"?'
_RUST_CHARACTER = r"b?'(?:\\[^']+|[^'\\])'"
_PATTERNS = {
    "ecmascript": re.compile(f"{_COMMENT}|{_DOUBLE}|{_SINGLE}|{_TEMPLATE}|{_REGEX}"),
    "go": re.compile(f"{_COMMENT}|{_DOUBLE}|{_GO_CHARACTER}|{_GO_RAW}"),
    "rust": re.compile(f"{_COMMENT}|{_RUST_RAW}|{_RUST_TEXT}|{_RUST_CHARACTER}"),
}


def family_of(path: str) -> str:
    """`ecmascript`, `go`, `rust`, or nothing for other files."""
    return _FAMILIES.get(PurePosixPath(path).suffix, "")


def masked(text: str, family: str) -> str:
    """`text` with strings and comments as blanks: same length, same lines."""
    return _PATTERNS[family].sub(_blank, text)


def closing(mask: str, opening: int) -> int:
    """Where the bracket at `opening` is closed, or the end of the text."""
    pairs = {"{": "}", "(": ")", "[": "]"}
    left, right = mask[opening], pairs[mask[opening]]
    depth = 0
    for at in range(opening, len(mask)):
        depth += (mask[at] == left) - (mask[at] == right)
        if depth == 0:
            return at
    return len(mask)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())
