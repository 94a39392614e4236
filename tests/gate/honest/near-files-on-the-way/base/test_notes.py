from notes import load, save


def test_notes_come_back_as_they_were(tmp_path):
    save(tmp_path, "one", " kept ")
    save(tmp_path, "two", "as is\n")
    assert load(tmp_path, "one") == " kept "
    assert load(tmp_path, "two") == "as is\n"
