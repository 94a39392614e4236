"""Evidence runs in a Python of its own, whatever `python` the machine has, if any."""

import os
from collections import Counter
from collections.abc import Iterator

import pytest
from fakes.evidence_python import evidence_path
from hypothesis import settings

# a timing never decides a test
settings.register_profile("hexci", deadline=None)
settings.load_profile("hexci")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of a whole of which others try a part every time wait for the night."""
    if os.environ.get("HEXCI_WHOLE"):
        return
    for item in items:
        if item.get_closest_marker("whole"):
            item.add_marker(pytest.mark.skip(reason="HEXCI_WHOLE=1 runs it"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How the gate ruled on the catalogue, whichever worker asked it."""
    ended = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    said = [value for report in ended for name, value in report.user_properties if name == "judged"]
    table = Counter((str(kind), bool(accepted)) for kind, accepted in said)
    if table:
        terminalreporter.section("the gate on the catalogue")
        terminalreporter.write_line(f"{'':10}{'accepted':>10}{'refused':>10}")
    for kind in sorted({kind for kind, _ in table}):
        terminalreporter.write_line(f"{kind:10}{table[kind, True]:>10}{table[kind, False]:>10}")


@pytest.fixture(scope="session", autouse=True)
def evidence_python() -> Iterator[None]:
    """`python` and `pytest` on PATH are those made for evidence."""
    before = os.environ["PATH"]
    os.environ["PATH"] = evidence_path()
    yield
    os.environ["PATH"] = before
