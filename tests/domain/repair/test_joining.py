from hexci.domain.repair.joining import join, joined
from hexci.domain.repair.patch import Patch
from hexci.domain.repair.source import parse_source
from hexci.domain.repair.stream import Suspects, patches

CODE = b"def f(a):\n    return a + 1\n\n\ndef g(a):\n    return a - 2\n"
SOURCE = parse_source("a.py", CODE)
assert SOURCE is not None
SOURCES = {"a.py": SOURCE}
FOUND = list(patches(Suspects(SOURCES, {("a.py", n): 1.0 for n in range(1, 7)})))


def _patch(text: bytes) -> Patch:
    return next(p for p in FOUND if p.files["a.py"] == text)


PLUS = _patch(CODE.replace(b"a + 1", b"a - 1"))
MINUS = _patch(CODE.replace(b"a - 2", b"a + 2"))


def test_two_partial_fixes_become_one_patch_of_two_functions() -> None:
    both = join(PLUS, MINUS, SOURCES)
    assert both is not None
    assert both.files["a.py"] == CODE.replace(b"a + 1", b"a - 1").replace(b"a - 2", b"a + 2")
    assert both.units is not None
    assert [unit.name for unit in both.units] == ["f", "g"]


def test_edits_of_the_same_bytes_are_not_joined() -> None:
    assert join(PLUS, _patch(CODE.replace(b"a + 1", b"a * 1")), SOURCES) is None


def test_only_fixes_of_different_tests_are_joined() -> None:
    assert list(joined([(PLUS, {"one"}), (MINUS, {"one"})], ["one", "two"], SOURCES)) == []
    assert len(list(joined([(PLUS, {"one"}), (MINUS, {"two"})], ["one", "two"], SOURCES))) == 1
