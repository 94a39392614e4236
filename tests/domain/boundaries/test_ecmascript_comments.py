"""Imports shown in comments, against what the parser says of the same text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexci.adapters.treesitter.lazily import LazyParser
from hexci.domain.boundaries.ecmascript.scan import scan

SHOWN = b'/**\n * import { a } from "./a"\n * require("./b")\n */\n'
PARTS = st.sampled_from(
    [
        'import { a } from "./a";',
        "import type { T } from './t'",
        'export * from "./e"',
        "export { x, // one\n y /* two */ } from './y'",
        "import { type T, // it's\n } from './u'",
        'import /* "no" */ b from "./b"',
        "/*",
        "*/",
        "/** import('./c') */",
        "// it's",
        "// require('./d')",
        "const s = 'a'",
        'const t = "/*"',
        "`text`",
        "`a ${b} c`",
        "`a ${`b`}`",
        "`import('./f')`",
        "x / 2",
        "x / y / z",
        "a = /['\"]/",
        "(/\\/*/)",
        "f(/[/*]/g)",
        "return /'/",
        ") / '1'",
        "'",
        '"',
        "`",
        "${",
        "}",
        "{",
        "import('./g')",
        "require('./h')",
        "x.from('./i')",
        "<T>",
        "</b>",
        "don't",
        "\\",
        "/// <reference path='./r' />",
        "const from = './n'",
        ";",
    ]
)
TEXTS = st.lists(PARTS, max_size=10).map(lambda parts: "\n".join(parts).encode())


def read(data: bytes) -> set[tuple[str, int, int]] | None:
    extract = scan(data, "a.ts")
    return None if extract is None else {(s, line, bits) for s, line, _, bits in extract.imports}


def parsed(data: bytes) -> set[tuple[str, int, int]] | None:
    extract = LazyParser().parse("ecmascript", "a.ts", data)
    if extract.problems:
        return None
    return {(s, line, bits) for s, line, _, bits in extract.imports}


@given(TEXTS)
@settings(max_examples=500)
def test_the_scanner_is_unsure_or_says_what_the_parser_says(data: bytes) -> None:
    scanned, truth = read(data), parsed(data)
    if scanned is not None and truth is not None:  # of a broken text the parser guesses
        assert (data, scanned) == (data, truth)


@pytest.mark.parametrize(
    "code",
    [
        b"",
        b"const s = 'it' + \"is\" + `so ${s}`\n",
        b"const half = n / 2 // it's a half\n",
        b"const r = x.replace(/[\"'/*]/g, '')\n",
        b'export { a, // "one"\n  b /* two */ } from "./ab"\n',
    ],
)
def test_examples_in_comments_need_no_parser(code: bytes) -> None:
    assert read(code + SHOWN + b"const x = 1\n") == parsed(code)


@pytest.mark.parametrize(
    "code",
    [
        b"f()\nimport('./a')\n",
        b"const s = '/*'\nimport('./a') // */\n",
        b"const t = `${`/*`}`\n" + SHOWN,
        b"const r = f() / /'/.exec(\"'\")\n" + SHOWN,
    ],
)
def test_where_a_comment_is_in_doubt_a_parser_is_asked(code: bytes) -> None:
    assert read(code) is None


def test_tags_may_hold_what_looks_like_a_comment() -> None:
    code = b"const a = <b>it's /* </b>\n" + SHOWN
    assert scan(code, "a.tsx") is None
