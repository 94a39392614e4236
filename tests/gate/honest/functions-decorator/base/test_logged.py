from logged import logged


def test_result_and_name():
    @logged([])
    def add(a, b):
        return a + b

    assert add(1, 2) == 3
    assert add.__name__ == "add"


def test_log():
    log = []
    logged(log)(len)("a")
    assert log == ["len"]
