import registry


def test_a_function_is_registered():
    @registry.register
    def hello():
        return 1

    assert registry.KNOWN["hello"] is hello
    assert hello() == 1
