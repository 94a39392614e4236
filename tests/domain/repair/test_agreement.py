from hexci.domain.repair.agreement import Agreement, agreement_of


def test_patches_that_answer_alike_everywhere_are_unanimous() -> None:
    assert agreement_of([["a", "b"], ["a", "b"]]).unanimous


def test_one_differing_answer_is_enough_to_abstain_and_no_majority_helps() -> None:
    found = agreement_of([["a", "b"], ["a", "b"], ["a", "c"]])
    assert found == Agreement(3, 2, 1)
    assert not found.unanimous


def test_a_lone_patch_agrees_with_itself_and_uncompared_rivals_do_not_agree() -> None:
    assert Agreement(1, 0, 0).unanimous
    assert not Agreement(2, 0, 0).unanimous
    assert not Agreement(2, 0, 0, compared=False).unanimous
