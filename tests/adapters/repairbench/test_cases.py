import pytest

from hexci.adapters.repairbench.cases_on_disk import HALVES, cases_of
from hexci.adapters.repairbench.figure import Bar, draw
from hexci.adapters.repairbench.project import is_right, project_of


@pytest.mark.parametrize("half", HALVES)
def test_both_halves_have_thirty_cases_and_no_name_twice(half: str) -> None:
    names = [case.name for case in cases_of(half)]
    assert len(names) == len(set(names)) == 30


@pytest.mark.slow
@pytest.mark.parametrize("half", HALVES)
def test_the_oracle_tells_every_program_from_its_slip(half: str) -> None:
    for case in cases_of(half):
        assert is_right(case, case.program, seed=3), case.name
        assert not is_right(case, case.buggy, seed=3), case.name


def test_half_of_the_tests_still_show_the_slip_and_are_the_same_every_time() -> None:
    case = cases_of("seen")[0]
    files = project_of(case, 0.5, seed=1)
    assert files == project_of(case, 0.5, seed=1)
    assert files["program.py"] == case.buggy


def test_a_drawing_has_a_bar_for_every_count_that_is_not_zero() -> None:
    drawing = draw([Bar("all", (3, 0, 1, 2))])
    assert drawing.count("<rect") == 1 + 4 + 3
