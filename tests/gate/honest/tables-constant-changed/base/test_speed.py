from speed import seconds


def test_one_second():
    assert seconds(299_792_458) == 1


def test_no_way():
    assert seconds(0) == 0
