from journal import flush, note


def test_lines_are_written_once():
    out = []
    note("a")
    flush(out.append)
    flush(out.append)
    assert out == ["a"]


def test_nothing_is_written_of_nothing():
    out = []
    flush(lambda line: None)
    flush(out.append)
    assert out == []
