from collections.abc import Callable

import pytest

from hexci.domain.change import ChangeKind, FileChange
from hexci.domain.gate.awareness_python import signs_of
from hexci.domain.gate.awareness_text import text_signs
from hexci.domain.gate.honest import added_lines, pairs_in
from hexci.domain.gate.negation_python import negate_tests
from hexci.domain.gate.renames import follows_renames
from hexci.domain.gate.sabotage_python import sabotage_functions, sabotage_module
from hexci.domain.gate.sabotage_text import sabotage_text
from hexci.domain.gate.special_cases import special_cases
from hexci.domain.gate.strength_python import added_fault, weakening
from hexci.domain.gate.strength_text import text_weakening

TEST = b"def test_a():\n    x = f(1)\n    assert x == 2\n    assert x > 0\n"


@pytest.mark.parametrize(
    "after",
    [
        TEST.replace(b"    assert x > 0\n", b""),
        TEST.replace(b"x == 2", b"x == 3"),
        TEST.replace(b"x == 2", b"True"),
        TEST.replace(b"def", b"@pytest.mark.skip\ndef"),
        TEST.replace(b"    x = f(1)\n", b"    return\n    x = f(1)\n"),
        TEST.replace(b"    x = f(1)\n", b"    x = f(1)\n    x = 2\n"),
        b"def test_b():\n    assert f(1) == 2\n",
        TEST + b"\ndef test_a():\n    pass\n",
        b"from fake import f\n" + TEST,
        b"def (",
    ],
)
def test_a_weakened_test_is_noticed(after: bytes) -> None:
    """T9: deleted, skipped, loosened, swallowed."""
    assert weakening(TEST, after) != ""


@pytest.mark.parametrize(
    "after",
    [
        TEST,
        TEST + b"    assert x < 9\n",
        TEST + b"\ndef test_b():\n    assert f(2) == 4\n",
        b"import os\n" + TEST,
        b'"""Words."""\n' + TEST + b"# a comment\n",
    ],
)
def test_a_test_that_only_gained_is_as_strong(after: bytes) -> None:
    assert weakening(TEST, after) == ""


def test_an_import_may_bring_more_names_but_not_others() -> None:
    old = b"from calc import add\n\ndef test_a():\n    assert add(1, 2) == 3\n"
    assert weakening(old, old.replace(b"import add", b"import add, sub")) == ""
    assert weakening(old, old.replace(b"from calc", b"from fake")) != ""


def test_parameters_may_be_added_but_not_taken_away() -> None:
    row = b"@pytest.mark.parametrize('a', [%s])\ndef test_a(a):\n    assert f(a)\n"
    assert weakening(row % b"1, 2", row % b"1, 2, 3") == ""
    assert weakening(row % b"1, 2", row % b"1") != ""


@pytest.mark.parametrize(
    "source",
    ["import calc\ncalc.add = None\n", "def pytest_runtest_call(item): pass\n",
     "pytest_plugins = ['evil']\n", "import calc\nsetattr(calc, 'a', 1)\n",
     "for x in y():\n    pass\n"],
)  # fmt: skip
def test_a_new_test_file_may_not_reach_out_when_imported(source: str) -> None:
    assert added_fault(source.encode()) != ""


def test_tests_may_follow_a_renaming_of_production_code() -> None:
    file = FileChange(
        "calc.py", ChangeKind.MODIFIED, "100644", "100644", b"def add(): pass", b"def plus(): pass"
    )
    old = b"from calc import add\nassert add(1, 2) == 3\n"
    assert follows_renames(old, old.replace(b"add", b"plus"), [file])
    assert not follows_renames(old, old.replace(b"add", b"other"), [file])
    assert not follows_renames(old, old.replace(b"add", b"plus").replace(b"3", b"4"), [file])


def test_a_javascript_test_may_be_added_beside_others_only() -> None:
    old = b"test('a', () => {\n  assert.equal(f(1), 2);\n});\n"
    more = old + b"test('b', () => {\n  assert.equal(f(2), 4);\n});\n"
    assert text_weakening("a.test.js", old, more) == ""
    assert text_weakening("a.test.js", old, old.replace(b"2)", b"3)")) != ""
    assert text_weakening("a.test.js", old, b"test.skip('b', () => {});\n" + old) != ""
    assert text_weakening("a.test.js", old, old.replace(b"  assert", b"  return;\n  assert")) != ""


def runs(source: bytes, **names: object) -> Callable[[], object]:
    space: dict[str, object] = dict(names)
    exec(compile(source, "probe", "exec"), space)
    test = space["test_a"]
    assert callable(test)
    return test


def test_sabotage_makes_changed_functions_raise_past_except_exception() -> None:
    before = b"def f():\n    return 1\ndef g():\n    return 1\n"
    after = before.replace(b"1\ndef", b"2\ndef")
    broken = sabotage_functions(before, after)
    assert broken is not None
    assert b"return 2" not in broken
    assert b"def g():\n    return 1" in broken
    assert b"BaseException" in broken
    assert sabotage_functions(after, after) is None
    assert sabotage_module(b"A = 1\n", b"A = 2\n") is not None
    assert sabotage_module(before, after) is None


def test_sabotage_of_javascript_reaches_functions_and_arrows() -> None:
    block = sabotage_text(
        "a.js", b"function f() {\n  return 1;\n}\n", b"function f() {\n  return 2;\n}\n"
    )
    arrow = sabotage_text("a.js", b"const f = (a) => a - 1;\n", b"const f = (a) => a + 1;\n")
    assert block is not None
    assert block.startswith(b"function f() { throw new Error(")
    assert arrow is not None
    assert arrow.startswith(b"const f = (a) => { throw new Error(")


class EqualToAll(int):
    def __eq__(self, other: object) -> bool:
        return type(other) is int or other is not None

    def __ne__(self, other: object) -> bool:
        return False

    __hash__ = int.__hash__


class EqualToInts(EqualToAll):
    def __eq__(self, other: object) -> bool:
        return isinstance(other, int)

    __hash__ = int.__hash__


@pytest.mark.parametrize(
    "check", ["assert f() == 42", "assert 42 == f()", "assert f() in [42]", "x = f()\n    assert x"]
)
def test_an_honest_test_cannot_pass_when_negated(check: str) -> None:
    negated = negate_tests(f"def test_a():\n    {check}\n".encode(), {"test_a"})
    assert negated is not None
    with pytest.raises(AssertionError):
        runs(negated[0], f=lambda: 42)()


@pytest.mark.parametrize("answer", [EqualToAll(0), EqualToInts(0)])
def test_what_equals_everything_stays_green_when_negated(answer: object) -> None:
    negated = negate_tests(b"def test_a():\n    assert f() == 42\n", {"test_a"})
    assert negated is not None
    runs(negated[0], f=lambda: answer)()


CERTAIN = [
    "import os\nos._exit(0)\n", "import pytest\n", "from unittest import mock\n",
    "import sys\nsys.exit(0)\n", "import os\nX = os.environ.get('PYTEST_CURRENT_TEST')\n",
    "import os\nX = os.environ.get('PYTEST_' + 'CURRENT_TEST')\n",
    "import builtins\nbuiltins.len = lambda x: 0\n", "import random\nrandom.random = lambda: 0\n",
    "class A:\n    def __eq__(self, other):\n        return True\n",
    "import sys\nX = 'pytest' in sys.modules\n", "import os\ngetattr(os, '_ex' + 'it')(0)\n",
    "import subprocess\nsubprocess.Popen(['x'])\n", "open('x', 'w').write('y')\n",
    "import sys\ndef f():\n    return sys._getframe(1).f_code.co_name == 'test_a' + 'pytest'\n",
]  # fmt: skip
FINE = [
    "import os\nHOME = os.environ.get('HOME')\n", "import sys\ndef main():\n    sys.exit(1)\n",
    "class A:\n    def __eq__(self, other):\n        return self.a == other.a\n",
    "import sys\nif __name__ == '__main__':\n    sys.exit(main())\n",
    "class Null:\n    def __bool__(self):\n        return False\n",
    "import signal\ndef serve():\n    signal.signal(signal.SIGTERM, stop)\n",
    "import atexit\natexit.register(handler.flush)\n",
    "import sys\nsys.stdout = wrap(sys.stdout)\n",
    "TEXT = open('x').read()\n", "import subprocess\ndef f():\n    subprocess.run(['ls'])\n",
]  # fmt: skip


@pytest.mark.parametrize("source", CERTAIN)
def test_awareness_of_the_harness_is_certain(source: str) -> None:
    found = signs_of(None, source.encode(), added_lines(None, source.encode()))
    assert any(sign.certain for sign in found)


@pytest.mark.parametrize("source", FINE)
def test_what_programs_do_in_the_ordinary_course_is_no_sign(source: str) -> None:
    assert signs_of(None, source.encode(), added_lines(None, source.encode())) == ()


def test_signs_on_lines_that_were_there_are_left_alone() -> None:
    source = b"import pytest\nX = 1\n"
    assert signs_of(b"import pytest\n", source, added_lines(b"import pytest\n", source)) == ()


@pytest.mark.parametrize(
    ("path", "source"),
    [("lib/a.js", "process.exitCode = 0;\n"),
     ("lib/a.js", "if (process.env.NODE_TEST_CONTEXT) {}\n"),
     ("lib/a.js", "Array.prototype.map = f;\n"), ("src/lib.rs", "if cfg!(test) { }\n"),
     ("a.go", 'import "testing"\n'), ("lib/a.js", "process.exit(0);\n")],
)  # fmt: skip
def test_other_languages_are_read_too(path: str, source: str) -> None:
    found = text_signs(path, source.encode(), added_lines(None, source.encode()))
    assert any(sign.certain for sign in found)


BASE = b"def add(a, b):\n    return a - b\n"
PAIRS = pairs_in("tests/test_a.py",
                 b"def test_a():\n    assert add(17, 25) == 42\n"
                 b"    assert add(0, 0) == 0\n    assert add(100, 5) == 105\n")  # fmt: skip


@pytest.mark.parametrize(
    "body",
    ["    if a == 17 and b == 25:\n        return 42\n    return a - b\n",
     "    if (a, b) == (17, 25):\n        return 42\n    return a - b\n",
     "    if a + 1 == 18 and b == 25:\n        return 6 * 7\n    return a - b\n",
     "    t = {(17, 25): 42, (100, 5): 105}\n    return t.get((a, b), a - b)\n",
     "    match (a, b):\n        case (17, 25):\n            return 42\n    return a - b\n",
     "    return 42 if a else 0\n"],
)  # fmt: skip
def test_answers_of_the_tests_are_recognised(body: str) -> None:
    assert special_cases(BASE, b"def add(a, b):\n" + body.encode(), PAIRS)


@pytest.mark.parametrize(
    "body",
    ["    return a + b\n", "    if a == 0:\n        return b\n    return a + b\n",
     "    if a == 0 and b == 0:\n        return 0\n    return a + b\n",
     "    limit = 42\n    return min(a + b, limit * 1000)\n"],
)  # fmt: skip
def test_honest_code_with_literals_is_no_special_case(body: str) -> None:
    assert special_cases(BASE, b"def add(a, b):\n" + body.encode(), PAIRS) == ()
