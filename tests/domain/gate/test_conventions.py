import pytest

from hexci.domain.gate.conventions import conventions_of
from hexci.domain.gate.surface import Conventions, Role, role_of


def told(command: str, files: dict[str, str]) -> Conventions:
    return conventions_of(command, files, lambda path: files.get(path, "").encode())


CHECKS = {"wares/a.py": "", "wares/b.py": "", "checks/check_a.py": "", "checks/check_b.py": ""}


@pytest.mark.parametrize(
    "config",
    [
        {"pyproject.toml": "[tool.pytest.ini_options]\npython_files = ['check_*.py']\n"},
        {"pyproject.toml": "[tool.pytest]\npython_files = ['check_*.py']\n"},
        {"pytest.ini": "[pytest]\npython_files = check_*.py other_*.py\n"},
        {"setup.cfg": "[tool:pytest]\npython_files =\n    check_*.py\n"},
        {"tox.ini": "[pytest]\npython_files = check_*.py\n"},
    ],
)
def test_pytest_says_what_its_test_files_are_called(config: dict[str, str]) -> None:
    found = told("pytest", {**CHECKS, **config})
    roles = {path: role_of(path, found) for path in CHECKS}
    assert [p for p, role in roles.items() if role is Role.TEST] == [
        "checks/check_a.py",
        "checks/check_b.py",
    ]


def test_helpers_in_a_folder_of_tests_are_part_of_it() -> None:
    config = "[tool.pytest.ini_options]\ntestpaths = ['checks']\npython_files = 'check_*.py'\n"
    found = told("pytest", {**CHECKS, "checks/helping.py": "", "pyproject.toml": config})
    assert role_of("checks/helping.py", found) is Role.TEST


@pytest.mark.parametrize("command", ["python -m unittest discover -p 'check_*.py'"])
def test_a_pattern_of_the_command_names_tests(command: str) -> None:
    assert role_of("checks/check_new.py", told(command, CHECKS)) is Role.TEST


@pytest.mark.parametrize(
    "config",
    [
        '{"jest": {"testMatch": ["<rootDir>/src/**/*.check.js"]}}',
        '{"mocha": {"spec": "./src/**/*.check.js"}}',
    ],
)
def test_jest_and_mocha_say_it_in_package_json(config: str) -> None:
    found = told("npm test", {"src/a.js": "", "src/a.check.js": "", "package.json": config})
    assert role_of("src/deep/b.check.js", found) is Role.TEST
    assert role_of("src/a.js", found) is Role.PRODUCTION


@pytest.mark.parametrize(
    ("command", "files"),
    [
        ("pytest", {"pytest.ini": "[pytest]\npython_files = *.py\ntestpaths = .\n"}),
        ("pytest", {"pytest.ini": "[pytest]\ntestpaths = wares\n", "wares/test_a.py": ""}),
        ("ruff check wares/*.py && pytest wares", {"wares/test_a.py": ""}),
        ("npm test", {"package.json": '{"jest": {"testMatch": ["**/*.js", "**/?(*.)+(x).js"]}}'}),
        ("pytest", {"pyproject.toml": "not [toml", "pytest.ini": "no ini", "package.json": "[]"}),
    ],
)
def test_code_is_never_taken_for_tests(command: str, files: dict[str, str]) -> None:
    found = told(command, {**CHECKS, **files})
    assert role_of("wares/a.py", found) is Role.PRODUCTION
    assert role_of("wares/new.js", found) is Role.PRODUCTION


def test_doctests_are_asked_for_by_command_or_configuration() -> None:
    config = {"tox.ini": "[pytest]\naddopts = --doctest-modules\n"}
    asked = [told("pytest --doctest-modules", {}), told("pytest", config), told("pytest", {})]
    assert [found.doctests for found in asked] == [True, True, False]
