from plugins import load


def test_attribute():
    import math

    assert load("math:pi") == math.pi


def test_module_only():
    import math

    assert load("math") is math
