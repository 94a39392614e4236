"""The scanner against CPython's parser and against tree-sitter, on large real trees."""

import sysconfig
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from domain.boundaries.ast_oracle import Said, imports_by_ast
from fakes.archives import wheel
from hypothesis import given
from hypothesis import strategies as st

from hexci.adapters.treesitter.python import read
from hexci.domain.boundaries.kinds import DYNAMIC, Extract
from hexci.domain.boundaries.python.scan import scan

PACKAGES = (
    "django==5.1.15",
    "sqlalchemy==2.0.36",
    pytest.param("sympy==1.13.3", marks=pytest.mark.whole),
)


def statements(extract: Extract) -> list[Said]:
    """The import statements alone: `ast` knows no dynamic imports."""
    return sorted((s, line, bits) for s, line, _, bits in extract.imports if not bits & DYNAMIC)


def differences(files: Iterator[Path]) -> tuple[list[str], int, int]:
    """Files on which scanner and `ast` differ, how many were compared, how many were unsure."""
    different, compared, unsure = [], 0, 0
    for file in files:
        raw = file.read_bytes()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                truth = imports_by_ast(raw)
        except (SyntaxError, ValueError, RecursionError):
            continue
        extract = scan(raw)
        compared += 1
        if extract is None:
            unsure += 1
            extract = read("", raw)
        if statements(extract) != truth:
            different.append(str(file))
    return different, compared, unsure


@pytest.mark.slow
@pytest.mark.parametrize("package", PACKAGES)
def test_no_file_of_a_large_package_differs_from_ast(package: str, tmp_path: Path) -> None:
    different, compared, unsure = differences(wheel(package, tmp_path).rglob("*.py"))
    assert different == []
    assert compared > 200
    assert unsure < compared * 0.02


def test_no_file_of_the_standard_library_differs_from_ast() -> None:
    library = Path(sysconfig.get_paths()["stdlib"])
    different, compared, _ = differences(iter(sorted(library.glob("*.py"))))
    assert different == []
    assert compared > 100


LINES = st.sampled_from(
    (
        "import a", "import a.b as c, d", "from . import x", "from .a import (b,", "    c)",
        "from a import b  # import c", "if TYPE_CHECKING:", "else:", "try:", "except ImportError:",
        "def f():", "    import g", "        from h import i", '"""', "'''", "x = 'import q'",
        "# import z", "pass", "    pass", "import j; import k", "if x: import l", "x = [", "]",
        "y = 1 \\", "importlib.import_module('m.n')", "class C:", "", "\tpass", "lazy = 1",
        'z = f"{a["import b"]}"', "elif y:", "finally:", "from a import b as c, d",
    )
)  # fmt: skip


@given(st.lists(LINES, max_size=14))
def test_the_scan_is_unsure_or_says_what_ast_says(lines: list[str]) -> None:
    source = "\n".join(lines).encode()
    try:
        truth = imports_by_ast(source)
    except SyntaxError:
        return
    extract = scan(source)
    assert extract is None or statements(extract) == truth


@given(st.binary(max_size=300))
def test_any_bytes_are_scanned_without_an_error(raw: bytes) -> None:
    extract = scan(raw)
    assert extract is None or all(line >= 1 for _, line, _, _ in extract.imports)
