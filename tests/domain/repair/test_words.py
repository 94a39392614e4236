from hexci.domain.repair.words import words_of, words_of_tests


def test_words_that_say_nothing_of_the_code_are_left_out() -> None:
    assert words_of("make parse_date return the right day") == {"parse_date", "right"}


def test_names_of_tests_are_taken_apart_and_their_files_are_not_looked_at() -> None:
    tests = [
        "tests/test_dates.py::TestAll::test_parse_leapYear[feb-29]",
        "tests.test_x.T.test_week",
    ]
    assert words_of_tests(tests) == {"parse", "leap", "year", "week"}
