from hexci.domain.chance import Chance


def test_a_seed_gives_the_same_numbers_everywhere() -> None:
    chance = Chance(1)
    assert [chance.randrange(100) for _ in range(5)] == [0, 96, 38, 83, 40]


def test_every_number_of_a_range_comes_and_none_beside() -> None:
    chance = Chance(7)
    assert {chance.randrange(6) for _ in range(300)} == set(range(6))
    assert {chance.choice("ab") for _ in range(50)} == {"a", "b"}
