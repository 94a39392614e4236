"""A file run anew in its module: what was made of the old one sees the new one."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from hexci.adapters.forkserver.inside.remaking import made_anew, modules_of_program
from hexci.adapters.forkserver.inside.wire import ROOT

PROGRAM = """\
import functools
import re

LIMIT = 3
WORD = re.compile("[a-z]+")


def limit(most=2):
    return LIMIT, most


@functools.lru_cache
def cached():
    return LIMIT


class Base:
    def name(self):
        return "base"


class Reader(Base):
    mark = "-"

    def name(self):
        return self.mark + super().name()

    @property
    def limit(self):
        return LIMIT
"""
USER = "from remade_program import LIMIT, WORD, Reader, cached, limit\n"


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    (tmp_path / "remade_program.py").write_text(PROGRAM)
    (tmp_path / "remade_user.py").write_text(USER)
    monkeypatch.setenv(ROOT, str(tmp_path))
    monkeypatch.syspath_prepend(str(tmp_path))
    modules_of_program.cache_clear()
    yield importlib.import_module("remade_user")
    for name in ("remade_program", "remade_user"):
        sys.modules.pop(name, None)


def _remake(old: str, new: str) -> None:
    assert old in PROGRAM
    made_anew({"remade_program.py": PROGRAM.replace(old, new)})


def test_constants_patterns_and_decorated_functions_are_seen_where_they_were_imported(
    user: ModuleType,
) -> None:
    _remake("LIMIT = 3", "LIMIT = 4")
    assert (user.LIMIT, user.limit(), user.cached()) == (4, (4, 2), 4)
    _remake("[a-z]", "[0-9]")
    assert user.WORD.pattern == "[0-9]+"


def test_functions_and_objects_from_before_have_the_new_code(user: ModuleType) -> None:
    limit, reader = user.limit, user.Reader()
    _remake("most=2", "most=5")
    assert limit() == (3, 5)
    _remake('mark = "-"', 'mark = "+"')
    assert (reader.name(), reader.limit, type(reader)) == ("+base", 3, user.Reader)
    _remake("return self.mark + super", "return 2 * self.mark + super")
    assert reader.name() == "--base"
    _remake("        return LIMIT\n", "        return -LIMIT\n")
    assert reader.limit == -3


def test_without_a_text_the_file_is_run_as_it_is(user: ModuleType) -> None:
    before = user.limit
    made_anew({"remade_program.py": None})
    assert (user.limit, user.LIMIT) == (before, 3)


def test_what_the_text_raises_is_raised(user: ModuleType) -> None:
    with pytest.raises(ZeroDivisionError):
        _remake("LIMIT = 3", "LIMIT = 3 / 0")
    assert user.LIMIT == 3
