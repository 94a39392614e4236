from handles import handles


def test_each_name_has_its_handle():
    assert len(handles(["a", "b"])) == 2
    assert len(handles(["tea", "cup", "pot"])) == 3
