from digitcount import digit_count


def test_zero_has_one_digit():
    assert digit_count(0) == 1


def test_a_thousand_has_four():
    assert digit_count(1001) == 4
