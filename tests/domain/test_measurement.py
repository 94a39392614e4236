from hexci.domain.measurement import Paired, spread


def test_ratios_are_taken_pair_by_pair() -> None:
    assert Paired("a", "b", (2.0, 9.0), (1.0, 3.0)).ratios == (2.0, 3.0)


def test_noise_is_the_peers_own_spread() -> None:
    assert Paired("a", "b", (1.0, 1.0, 1.0), (1.0, 2.0, 3.0)).noise == 1.0


def test_spread_is_minimum_median_and_maximum() -> None:
    assert spread((3.0, 1.0, 2.0)) == (1.0, 2.0, 3.0)
