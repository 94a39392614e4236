from hexci.adapters.repairbench.published import PUBLISHED


def test_there_are_more_than_twenty_real_bugs_of_several_packages_and_none_twice() -> None:
    assert len({bug.name for bug in PUBLISHED}) == len(PUBLISHED) >= 20
    assert len({bug.package for bug in PUBLISHED}) >= 5


def test_each_half_has_bugs_of_several_packages_and_newer_ones_are_in_both() -> None:
    for half in ("seen", "held"):
        assert len({bug.package for bug in PUBLISHED if bug.half == half}) >= 5
    isolated = [bug for bug in PUBLISHED if bug.taken_back]
    assert 3 <= sum(bug.half == "held" for bug in isolated) <= len(isolated) - 3


def test_every_bug_is_judged_by_the_tests_that_it_takes_over() -> None:
    for bug in PUBLISHED:
        assert bug.tests or bug.taken_back
        assert not bug.tests or any(path.split("/")[0] in bug.evidence for path in bug.tests), (
            bug.name
        )
