from hexci.domain.repair.reaching import imported_files, with_what_is_read
from hexci.domain.repair.source import Source, parse_source
from hexci.domain.repair.suspicion import Line

HERE = """\
from pack import words
from pack.words import SPACE

DIGIT = "[0-9]"
NUMBER = DIGIT + "+"
OTHER = 1


class Reader:
    limit = 3

    @staticmethod
    def read(text,
             most=5):
        return NUMBER, SPACE, words.END, Reader.limit
"""
THERE = "SPACE = ' '\nEND = '.'\nREST = ''\n"
LAST = 15


def _found(lines: dict[Line, float]) -> dict[Line, float]:
    return with_what_is_read(
        {"a.py": _source("a.py", HERE), "pack/words.py": _source("pack/words.py", THERE)}, lines
    )


def _source(path: str, text: str) -> Source:
    source = parse_source(path, text.encode())
    assert source is not None
    return source


def test_what_a_suspect_line_reads_outside_functions_is_suspect_too() -> None:
    found = _found({("a.py", LAST): 1.0})
    assert {line for path, line in found if path == "a.py"} >= {5, 10, LAST}
    assert 0 < found["a.py", 6] < found["a.py", 4] < found["a.py", 5] < 1.0


def test_names_from_other_files_are_followed() -> None:
    found = _found({("a.py", LAST): 1.0})
    assert {line for path, line in found if path == "pack/words.py"} == {1, 2}


def test_signature_and_decorators_are_as_suspect_as_the_line_that_was_seen() -> None:
    found = _found({("a.py", LAST): 1.0, ("a.py", 12): 0.3})
    assert found["a.py", 13] == found["a.py", 14] == 0.3


def test_a_line_that_is_suspect_itself_keeps_its_suspicion() -> None:
    found = _found({("a.py", LAST): 1.0, ("a.py", 5): 0.9})
    assert found["a.py", 5] == 0.9


def test_a_long_table_is_less_suspect_line_by_line_than_a_short_one() -> None:
    rows = "".join(f"    {number},\n" for number in range(100))
    long = _source(
        "a.py", f"TABLE = [\n{rows}]\nSHORT = [1]\n\ndef f():\n    return TABLE, SHORT\n"
    )
    found = with_what_is_read({"a.py": long}, {("a.py", 106): 1.0})
    assert found["a.py", 50] < found["a.py", 103]


def test_only_imported_files_are_asked_for() -> None:
    sources = {"a.py": _source("a.py", HERE)}
    paths = ["a.py", "pack/__init__.py", "pack/words.py", "pack/other.py", "words.txt"]
    assert imported_files(sources, paths) == ["pack/__init__.py", "pack/words.py"]
