"""The scanners and tree-sitter agree on packages of others: same specs, lines and kinds.

The scanner may be unsure (then the parser is what is used); it may never say something else.
"""

from pathlib import Path

import pytest
from fakes.archives import npm_package, wheel

from hexci.adapters.treesitter.lazily import LazyParser
from hexci.domain.boundaries.file_kinds import language_of
from hexci.domain.boundaries.kinds import Extract
from hexci.domain.boundaries.languages import read_source, unreadable

PYTHON = ("httpx==0.28.1", "rich==13.9.4")
SCRIPTS = ("rxjs@7.8.2", pytest.param("effect@3.22.4", marks=pytest.mark.whole))


def different(tree: Path) -> tuple[list[str], int, int]:
    """Files on which both differ, how many were compared, how many the scanner was unsure of."""
    parser = LazyParser()
    found, compared, unsure = [], 0, 0
    for file in sorted(tree.rglob("*")):
        language = language_of(file.name)
        if not language or not file.is_file():
            continue
        raw = file.read_bytes()
        if unreadable(raw, language):
            continue
        scanned = read_source(language, file.name, raw)
        compared += 1
        if scanned is None:
            unsure += 1
        elif said(scanned) != said(parsed := parser.parse(language, file.name, raw)):
            found.append(f"{file.relative_to(tree)}: {said(scanned) ^ said(parsed)}")
    return found, compared, unsure


def said(extract: Extract) -> set[tuple[str, int, int]]:
    return {(spec, line, bits) for spec, line, _, bits in extract.imports}


@pytest.mark.slow
@pytest.mark.parametrize("package", PYTHON)
def test_no_file_of_a_python_package_differs(package: str, tmp_path: Path) -> None:
    found, compared, unsure = different(wheel(package, tmp_path))
    assert found == []
    assert compared > 20
    assert unsure <= compared * 0.02


@pytest.mark.slow
@pytest.mark.parametrize("package", SCRIPTS)
def test_no_file_of_a_script_package_differs(package: str, tmp_path: Path) -> None:
    found, compared, unsure = different(npm_package(package, tmp_path))
    assert found == []
    assert compared > 200
    assert unsure < compared * 0.4  # compiled CommonJS is left to the parser
