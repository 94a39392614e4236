"""The catalogue's own projects hold tests, failing ones among them: they are data, not ours."""

import pytest
from gate.catalogue import Case, missing_tools

collect_ignore = ["attacks", "honest", "projects"]


@pytest.fixture(autouse=True)
def tools_of_the_case(request: pytest.FixtureRequest) -> None:
    """Skips a case, loudly, where the machine lacks a tool of it."""
    if "case" not in request.fixturenames:
        return
    case: Case = request.getfixturevalue("case")
    if missing := missing_tools(case):
        pytest.skip(f"NOT JUDGED: {case} needs {missing[0]}, which is not on this machine")
