from store import store


def test_the_file_is_there(tmp_path):
    store(tmp_path, "a", "x")
    assert [p.name for p in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_text() == "x"


def test_the_folder_stays(tmp_path):
    store(tmp_path, "b", "")
    assert tmp_path.is_dir()
