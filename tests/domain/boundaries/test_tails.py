"""What two texts of a file say without the scanner, against what the scanner says of them."""

import random
import sysconfig
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexci.domain.boundaries.languages import inline_ignores, read_source
from hexci.domain.boundaries.python.tails import says_the_same

HEAD = b'"""What it is."""\n\nimport os\nfrom a import (\n    b,\n    c,\n)\n\n\ndef f():\n'
LINES = st.sampled_from(
    [
        "import a", "from . import b", "from a import (", "    c,", ")", "    import d", "try:",
        "except E:", "    pass", "def f():", "    return 'x'", "class C:", "@wraps", '"""', "'''",
        '    """A text."""', "    x = '''y", "# import it", "s = 'import a; import b'", "x = \\",
        "if TYPE_CHECKING:", "if (a and", "    TYPE_CHECKING):", "print 'a'", "<<<<<<< HEAD", "é",
        "import_module('a.b')", "    m = import_module(", "        'a')", "x; import e",
        "# hexci: ignore[HX001] soon", "", "else:", "lazy import f", 'r"\\', '"abc\\', "y = 1",
    ]
)  # fmt: skip
TEXTS = st.lists(LINES, max_size=12).map(lambda lines: "".join(f"{line}\n" for line in lines))


def told(raw: bytes) -> object:
    extract = read_source("python", "a.py", raw)
    return None if extract is None else (extract, inline_ignores(raw))


@given(head=TEXTS, old=TEXTS, new=TEXTS, tail=TEXTS)
@settings(max_examples=400)
def test_two_texts_that_are_said_to_say_the_same_do(
    head: str, old: str, new: str, tail: str
) -> None:
    before, after = f"{head}{old}{tail}".encode(), f"{head}{new}{tail}".encode()
    # one that had to be parsed is never asked about
    if told(before) is not None and says_the_same(before, after):
        assert told(before) == told(after)


def test_no_edit_of_the_standard_library_is_said_to_change_nothing_when_it_does() -> None:
    chance = random.Random(7)
    files = sorted(Path(sysconfig.get_paths()["stdlib"]).glob("*.py"))
    judged = 0
    for file in files:
        old = file.read_bytes()
        lines = old.splitlines(keepends=True)
        at = chance.randrange(len(lines) + 1)
        cut = chance.randrange(3)
        more = [chance.choice(lines)] if chance.random() < 0.7 and lines else []
        new = b"".join([*lines[:at], *more, *lines[at + cut :]])
        before = told(old)
        if before is not None and says_the_same(old, new):
            assert (file.name, told(new)) == (file.name, before)
            judged += 1
    assert judged > 30


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"    return 1\n", b"    return 2\n"),
        (b"    return 1\n", b'    return "2"  # two\n\n\ndef g():\n    """Say."""\n'),
        (b"    return 1\n", b""),
    ],
)
def test_an_edit_below_the_imports_says_the_same(old: bytes, new: bytes) -> None:
    assert says_the_same(HEAD + old, HEAD + new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (HEAD, HEAD + b"    import json\n"),
        (HEAD, b"#\n" + HEAD),
        (HEAD, HEAD + b"    pass  # hexci: ignore[HX001] soon\n"),
        (HEAD, HEAD + b"    print 'a'\n"),
        (HEAD, HEAD + b"    x = '\xe9'\n"),
        (b"import a\n", b"import a\nx = 1\r"),
        (b"try:\n    import a\nexcept E:\n    b\n", b"try:\n    import a\nfinally:\n    b\n"),
        (b"x = '''\nimport a\n'''\n", b"x = '''\nimport a\n"),
        (b"from a import (\n    b,\n    c)\n", b"from a import (\n    b,\n    d)\n"),
    ],
)
def test_where_more_may_have_changed_nothing_is_promised(old: bytes, new: bytes) -> None:
    assert not says_the_same(old, new)
