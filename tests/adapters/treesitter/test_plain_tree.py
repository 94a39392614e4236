import pytest

from hexci.adapters.treesitter.plain_tree import PlainTrees
from hexci.domain.repair.foreign.stream import foreign_patches

TREES = PlainTrees()


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("a.js", "function f(a, b) { return a < b; }\n", "function f(a, b) { return a <= b; }\n"),
        ("a.ts", "const f = (a: number) => a + 1;\n", "const f = (a: number) => a - 1;\n"),
        ("a.ts", "const f = (a: number) => g(a, 2);\n", "const f = (a: number) => g(2, a);\n"),
        ("a.go", "package a\nfunc F(a, b int) bool { return a > b && b > 0 }\n",
         "package a\nfunc F(a, b int) bool { return a > b || b > 0 }\n"),
        ("a.rs", "fn f(a: i32, b: i32) -> i32 { a - b }\n",
         "fn f(a: i32, b: i32) -> i32 { b - a }\n"),
        ("a.rs", "fn f(v: &[i32]) -> bool { v.iter().any(|x| *x > 0) }\n",
         "fn f(v: &[i32]) -> bool { v.iter().all(|x| *x > 0) }\n"),
    ],
)  # fmt: skip
def test_families_carry_over(path: str, before: str, after: str) -> None:
    assert after.encode() in _texts(path, before)


def test_every_patch_parses_and_none_comes_twice() -> None:
    found = _texts("a.js", "function f(a, b) { if (a > 1) { a += b; } return a * (b - 1); }\n")
    assert len(found) == len(set(found)) > 20
    assert all(TREES.tree("a.js", text) is not None for text in found)


def test_broken_text_and_unknown_languages_have_no_tree() -> None:
    assert TREES.tree("a.js", b"function (") is None
    assert TREES.tree("a.xyz", b"1") is None


def _texts(path: str, code: str) -> list[bytes]:
    tree = TREES.tree(path, code.encode())
    assert tree is not None
    lines = {(path, n): 1.0 for n in range(1, 10)}
    stream = foreign_patches({path: tree}, lines, lambda p, data: TREES.tree(p, data) is not None)
    return [patch.files[path] for patch in stream]
