from hexci.adapters.repairbench.report import Try, as_line, as_text


def tried(case: str, *, plausible: bool, committed: bool, right: bool | None) -> Try:
    return Try(case, "seen", 0.5, plausible, committed, right, 9.0, 2.0, 40, "guard", "a | b")


TRIES = (
    tried("one", plausible=True, committed=True, right=True),
    tried("two", plausible=True, committed=True, right=False),
    tried("three", plausible=True, committed=False, right=None),
    tried("four", plausible=False, committed=False, right=None),
)


def test_every_case_has_a_row_that_says_how_it_ended() -> None:
    rows = [row for row in as_text(TRIES).splitlines() if "| seen 50% |" in row]
    assert [row.split(" | ")[2] for row in rows] == ["right", "wrong", "abstained", "none"]
    assert rows[0] == r"| one | seen 50% | right | 2.0 | 40 | a \| b |"


def test_a_group_counts_plausible_committed_and_right() -> None:
    assert "| seen, 50% of tests | 4 | 3 | 2 | 1 | 2.0 | 40 |" in as_text(TRIES)


def test_a_line_for_those_who_wait_names_the_case_and_its_end() -> None:
    assert as_line(TRIES[1]) == "two (seen, 50%): wrong, 2.0 s. a | b"
