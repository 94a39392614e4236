"""What JavaScript, Go and Rust production code has no business knowing or doing, on added lines."""

import re

from hexci.domain.gate.awareness_python import Sign
from hexci.domain.gate.masking import family_of, masked

# Looked for in the code proper (strings and comments blanked out): certain, pattern, what it is.
_CODE: dict[str, tuple[tuple[bool, str, str], ...]] = {
    "ecmascript": (
        (True, r"\bprocess\s*\.\s*(?:reallyExit|abort|kill|_kill)\b", "ends the process"),
        (True, r"\bprocess\s*\.\s*exitCode\s*=", "sets the exit code"),
        (True, (r"\b(?:Object|Array|String|Number|Boolean|Map|Set|Promise|Error|RegExp|Function"
               r"|Date|Symbol|BigInt)\s*\.\s*prototype\s*(?:\.\s*\w+|\[[^\]]+\])\s*=[^=]"),
         "changes a built-in prototype"),
        (True, (r"\b(?:Object|Array|Number|JSON|Math|Reflect|Promise|Date|String|Symbol)\s*\.\s*"
               r"\w+\s*=[^=>]"), "changes a built-in"),
        (True, r"\bassert\s*(?:\.\s*\w+)+\s*=[^=>]", "changes the assertion library"),
        (True, r"\b(?:require\s*\.\s*cache|Module\s*\.\s*_(?:load|resolveFilename|extensions))\b",
         "changes how modules are loaded"),
        (True, r"\bmodule\s*(?:\?\.|\.)\s*parent\s*(?:\?\.|\.)\s*\w+",
         "asks who loads it"),
        (True, r"\brequire\s*\.\s*main\s*(?:\?\.|\.)\s*(?:filename|path|paths|id)\b",
         "asks which program runs it"),
        (False, r"\b(?:globalThis|global|window)\s*(?:\.\s*\w+|\[[^\]]+\])\s*=[^=>]",
         "changes a global"),
        (False, r"\bError\s*\.\s*(?:prepareStackTrace|captureStackTrace)\b", "inspects who calls"),
    ),
    "go": (
        (True, r"\bflag\s*\.\s*Lookup\s*\(\s*$", "looks for the test runner's flags"),
        (True, r"\btesting\s*\.\s*Testing\s*\(", "asks whether it is tested"),
        (True, r"\bsyscall\s*\.\s*(?:Exit|Kill)\b", "ends the process"),
        (False, r"\bruntime\s*\.\s*(?:Callers?|Stack)\b", "inspects who calls"),
    ),
    "rust": (
        (True, r"\bprocess\s*::\s*abort\b|\blibc\s*::\s*_?exit\b", "ends the process"),
        (True, r"\bcfg!\s*\(\s*test\s*\)", "asks whether it is tested"),
        (True, r"#\[cfg\((?:not\()?test\)+\]\s*(?!mod\b|use\b)(?:pub\s+)?(?:fn|impl|const|static)",
         "is other code when it is tested"),
        (True, r"fn\s+eq\s*\(\s*&self\s*,\s*_?\w*\s*:[^)]*\)\s*->\s*bool\s*\{\s*(?:return\s+)?true",
         "says it equals everything"),
        (False, (r"\bthread\s*::\s*current\s*\(\)\s*\.\s*name\s*\(\)[^;{}]*(?:[=!]="
                 r"|\.\s*(?:contains|starts_with|ends_with|is_some\w*|is_none\w*|map_or|eq|ne)\b)"),
         "decides by the name of its thread"),
        (False, r"\bpanic\s*::\s*(?:set_hook|take_hook)\b", "changes how panics are told"),
    ),
}  # fmt: skip
# Looked for in the text with its strings.
_TEXT: dict[str, tuple[tuple[bool, str, str], ...]] = {
    "ecmascript": (
        (True, r"""NODE_TEST_CONTEXT|JEST_WORKER_ID|VITEST(?:_\w+)?\b|\bMOCHA_\w+|HEXCI\w*""",
         "knows the test runner's variable"),
        (True, (r"""(?:from|require\s*\(|import\s*\()\s*['"](?:node:test(?:/\w+)?|vitest|jest|"""
               r"""@jest/\w+|mocha|chai|sinon)['"]"""), "imports the test runner"),
        (True, r"""\[\s*['"](?:reallyExit|_kill|abort)['"]\s*\]""", "ends the process"),
        (False, (r"""(?:from|require\s*\()\s*['"](?:node:)?assert(?:/strict)?['"][\s\S]*"""
                r"""assert[\w.]*\s*=[^=>]"""), "changes the assertion library"),
        (False, r"""NODE_ENV\s*\)?\s*===?\s*['"]test|['"]test['"]\s*===?\s*process\.env""",
         "asks whether it is tested"),
        (True, (r"""\.stack\b[^\n]*(?:test|spec|node:internal)|process\.(?:argv|execArgv)[^\n]*"""
               r"""(?:--test|jest|vitest|mocha|\.test|spec)"""), "looks for the test runner"),
        (False, (r"""process\s*\.\s*on\s*\(\s*['"](?:exit|beforeExit|uncaughtException"""
                r"""|unhandledRejection)"""), "acts when the process ends"),
    ),
    "go": (
        (True, r'"testing"', "imports the test runner"),
        (True, r'"test\.\w+"|"\.test"|"-test\.', "looks for the test runner"),
        (True, r'flag\.Lookup\("test', "looks for the test runner's flags"),
        (False, r"//go:linkname|#cgo\b", "reaches into other packages"),
    ),
    "rust": (
        (True, r"RUST_TEST_\w+|NEXTEST\w*|HEXCI\w*", "knows the test runner's variable"),
        (True, r"(?:env::args|current_exe)[\s\S]{0,300}?\"[^\"\n]*(?:deps|test)[^\"\n]*\"",
         "looks for the test runner"),
    ),
}  # fmt: skip
_EXITS = {
    "ecmascript": re.compile(r"\bprocess\s*\.\s*exit\s*\("),
    "go": re.compile(r"\bos\s*\.\s*Exit\s*\("),
    "rust": re.compile(r"\bprocess\s*::\s*exit\s*\("),
}
_PROGRAMS = re.compile(r"(?:.*/)?(?:bin|cli|cmd|scripts|main|index|server|app)(?:/.*|[\w.-]*\.\w+)")


def text_signs(path: str, after: bytes, added: frozenset[int]) -> tuple[Sign, ...]:
    """Signs in the lines `added` (counted from 1) of a production file, by line."""
    family = family_of(path)
    if not family:
        return ()
    text = after.decode("utf-8", "replace")
    found = set(_matches(_CODE[family], masked(text, family), added))
    found |= set(_matches(_TEXT[family], text, added))
    if not _PROGRAMS.fullmatch(path):
        exits = ((True, _EXITS[family].pattern, "ends the process"),)
        found |= set(_matches(exits, masked(text, family), added))
    return tuple(sorted(found, key=lambda sign: (sign.line, sign.text)))


def _matches(
    rules: tuple[tuple[bool, str, str], ...], text: str, added: frozenset[int]
) -> list[Sign]:
    signs = []
    for certain, pattern, what in rules:
        for match in re.finditer(pattern, text):
            first = text.count("\n", 0, match.start()) + 1
            last = text.count("\n", 0, match.end()) + 1
            if added.intersection(range(first, last + 1)):
                shown = " ".join(match.group().split())[:60]
                signs.append(Sign(first, f"{what} (`{shown}`)", certain))
    return signs
