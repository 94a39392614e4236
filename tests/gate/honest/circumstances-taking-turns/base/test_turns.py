from turns import next_player


def test_players_take_turns():
    assert [next_player(), next_player(), next_player()] == ["white", "black", "white"]
