from headers import Name


def test_case_does_not_matter():
    assert Name("Content-Type") == "content-type"
    assert Name("ETag") != "Date"


def test_lookup():
    assert {Name("ETag"): 1}[Name("etag")] == 1


def test_text_is_kept():
    assert str.__str__(Name("ETag")) == "ETag"
