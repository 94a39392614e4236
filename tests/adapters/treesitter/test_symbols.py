"""Definitions by name in every language that we have a grammar for."""

import pytest

from hexci.adapters.treesitter.symbols import symbol_text

PYTHON = (
    b"X = 1\n\n\n@cached\ndef f():\n    def inner(): ...\n\n\n"
    b"class C:\n    y = 2\n    def m(self): ...\n"
)
TYPESCRIPT = (
    b"export const load = () => 1\ninterface I { a: string }\ntype T = I\n"
    b"export class C { m() { return 1 } }\nfunction g(): void {}\nenum E { A }\n"
)
GO = b"package p\nfunc F() {}\ntype T struct{}\nfunc (t *T) M() {}\nconst K = 1\nvar V = 2\n"
RUST = (
    b"struct S;\nimpl S { fn m(&self) {} }\nfn f() {}\nmod n { pub fn g() {} }\nconst K: u8 = 1;\n"
)
JAVA = b"class A { int x = 1; void m() {} interface I { void n(); } }\nenum E { P }\n"
KOTLIN = b"class A {\n  fun m() = 1\n}\nfun f() = 2\nobject O {\n  fun g() = 3\n}\n"
CSHARP = b"namespace N { class A { void M() {} } }\ninterface I {}\n"


@pytest.mark.parametrize(
    ("path", "content", "symbol", "begins"),
    [
        ("a.py", PYTHON, "X", b"X = 1"),
        ("a.py", PYTHON, "f", b"@cached\ndef f"),
        ("a.py", PYTHON, "f.inner", b"def inner"),
        ("a.py", PYTHON, "C.m", b"def m"),
        ("a.py", PYTHON, "C.y", b"y = 2"),
        ("a.ts", TYPESCRIPT, "load", b"load = "),
        ("a.ts", TYPESCRIPT, "I", b"interface I"),
        ("a.ts", TYPESCRIPT, "T", b"type T"),
        ("a.tsx", TYPESCRIPT, "C.m", b"m()"),
        ("a.js", b"function g() {}\n", "g", b"function g"),
        ("a.ts", TYPESCRIPT, "E", b"enum E"),
        ("a.go", GO, "F", b"func F"),
        ("a.go", GO, "T", b"T struct"),
        ("a.go", GO, "T.M", b"func (t *T) M"),
        ("a.go", GO, "K", b"K = 1"),
        ("a.go", GO, "V", b"V = 2"),
        ("a.rs", RUST, "S", b"struct S"),
        ("a.rs", RUST, "S::m", b"fn m"),
        ("a.rs", RUST, "n.g", b"pub fn g"),
        ("a.rs", RUST, "K", b"const K"),
        ("A.java", JAVA, "A.m", b"void m"),
        ("A.java", JAVA, "A.x", b"x = 1"),
        ("A.java", JAVA, "A.I.n", b"void n"),
        ("a.kt", KOTLIN, "A.m", b"fun m"),
        ("a.kt", KOTLIN, "O.g", b"fun g"),
        ("a.cs", CSHARP, "N.A.M", b"void M"),
        ("a.cs", CSHARP, "I", b"interface I"),
    ],
)
def test_a_symbol_is_found(path: str, content: bytes, symbol: str, begins: bytes) -> None:
    found = symbol_text(path, content, symbol)
    assert found is not None
    assert found.startswith(begins)


@pytest.mark.parametrize(
    ("path", "symbol"), [("a.py", "m"), ("a.py", "D"), ("a.py", ""), ("a.txt", "f"), ("a", "f")]
)
def test_what_is_not_there_is_not_guessed(path: str, symbol: str) -> None:
    assert symbol_text(path, PYTHON, symbol) is None


def test_parts_of_one_name_count_together() -> None:
    more = RUST + b"impl S { fn two(&self) {} }\n"
    assert symbol_text("a.rs", more, "S") != symbol_text("a.rs", RUST, "S")


def test_a_broken_file_still_has_its_sound_parts() -> None:
    assert symbol_text("a.py", b"def f():\n    return 1\n\n\ndef (:\n", "f") is not None
