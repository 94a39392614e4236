import ast
import builtins

import pytest

from hexci.adapters.repairbench.casefile import Case
from hexci.adapters.repairbench.cases_on_disk import HALVES, cases_of
from hexci.adapters.repairbench.figure import Bar, draw
from hexci.adapters.repairbench.project import is_right, project_of
from hexci.domain.repair.unit import digest_of_code


def test_every_half_has_its_cases_and_no_name_is_there_twice() -> None:
    names = {half: [case.name for case in cases_of(half)] for half in HALVES}
    counts = {half: len(own) for half, own in names.items()}
    assert counts == {"seen": 60, "seen-algorithms": 165, "seen-later": 469, "held": 90}
    assert sum(counts.values()) == len({name for own in names.values() for name in own})


def test_every_program_and_its_slip_compile_and_differ() -> None:
    for case in (case for half in HALVES for case in cases_of(half)):
        assert digest_of_code(case.program) != digest_of_code(case.buggy), case.name
        assert digest_of_code(case.buggy) is not None, case.name


@pytest.mark.slow
@pytest.mark.parametrize(
    "case",
    [
        # one of eight is asked in every run
        pytest.param(case, id=f"{half}/{case.name}", marks=[pytest.mark.whole] * (number % 8 != 0))
        for half in HALVES
        for number, case in enumerate(cases_of(half))
    ],
)
def test_the_oracle_tells_every_program_from_its_slip(case: Case) -> None:
    assert is_right(case, case.program, seed=3)
    assert not is_right(case, case.buggy, seed=3)


def test_half_of_the_tests_still_show_the_slip_and_are_the_same_every_time() -> None:
    case = cases_of("seen")[0]
    files = project_of(case, 0.5, seed=1)
    assert files == project_of(case, 0.5, seed=1)
    assert files["program.py"] == case.buggy


def test_a_drawing_has_a_bar_for_every_count_that_is_not_zero() -> None:
    drawing = draw([Bar("all", (3, 0, 1, 2))])
    assert drawing.count("<rect") == 1 + 4 + 3


def test_the_tests_of_a_project_name_nothing_that_they_do_not_know() -> None:
    cases = [c for half in HALVES for c in cases_of(half) if '"inf"' in c.program]
    assert cases
    for case in cases:
        tree = ast.parse(project_of(case, 1.0, seed=1)["test_program.py"])
        known = {*dir(builtins), "arguments", "expected", "result"}
        known |= {alias.name for n in ast.walk(tree) if isinstance(n, (ast.Import, ast.ImportFrom))
                  for alias in n.names}  # fmt: skip
        assert {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)} <= known, case.name
