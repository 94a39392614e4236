import pytest

from hexci.adapters.forkserver.commands import server_command
from hexci.adapters.forkserver.naming import dotted, matching


def test_ids_of_a_report_are_found_among_collected_ones() -> None:
    collected = ["tests/test_a.py::T::test_b", "tests/test_a.py::test_c[x/y]", "tests/test_d.py::e"]
    wanted = ["tests.test_a.T.test_b", "tests/test_a.py::test_c[x/y]", "nowhere"]
    assert matching(wanted, collected) == collected[:2]
    assert dotted("tests/test_a.py::test_c[a/b::c]") == "tests.test_a.test_c[a/b::c]"


@pytest.mark.parametrize(
    "line", ["pytest -q", "python -m pytest", ".venv/bin/pytest x", "cd a && pytest; true"]
)
def test_pytest_is_hooked_by_its_environment(line: str) -> None:
    command = server_command(line, "/f", "/f/s", "/r")
    assert command is not None
    assert command.line == line
    assert command.environment["PYTEST_PLUGINS"] == "hexci_inside.pytest_plugin"


def test_unittest_is_hooked_in_its_command() -> None:
    command = server_command("python3 -B -m unittest discover -s t", "/f", "/f/s", "/r")
    assert command is not None
    assert command.line == "python3 -B -m hexci_inside.unittest_main discover -s t"


def test_a_path_of_the_command_itself_is_kept() -> None:
    command = server_command("PYTHONPATH=src pytest", "/f", "/f/s", "/r")
    assert command is not None
    assert command.line == "PYTHONPATH=/f:src pytest"


def test_other_runners_are_left_to_others() -> None:
    assert server_command("make check", "/f", "/f/s", "/r") is None
    assert server_command("cargo test pytest_like", "/f", "/f/s", "/r") is None
