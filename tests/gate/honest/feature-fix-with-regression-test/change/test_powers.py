from powers import digits, is_prime, square


def test_square_of_seven():
    assert square(7) == 49


def test_square_of_a_negative_number():
    assert square(-12) == 144


def test_squares_of_primes_are_not_prime():
    assert [n for n in range(30) if is_prime(n)] == [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]


def test_digits_of_a_number():
    assert digits(2024) == [2, 0, 2, 4]


def test_digits_mind_no_sign():
    assert digits(-31) == [3, 1]
