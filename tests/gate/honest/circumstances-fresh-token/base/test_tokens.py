from tokens import token


def test_tokens_differ():
    assert token() != token()
    assert len(token()) == 32
