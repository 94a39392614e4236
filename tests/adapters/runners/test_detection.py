"""Which runner a command starts, from its text alone."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexci.adapters.runners.detection import Runner, call_in
from hexci.adapters.runners.line import parts_of
from hexci.adapters.runners.scripts import resolved

COMMANDS = {
    "pytest -q": "pytest",
    "python -m pytest": "pytest",
    "python3.12 -W error -m pytest tests": "pytest",
    ".venv/bin/python -m unittest discover -s tests": "unittest",
    "cd sub && PYTHONPATH=src A='b c' pytest -x": "pytest",
    "uv run --frozen pytest": "pytest",
    "poetry run pytest | tee log.txt": "pytest",
    "timeout 60 pytest 2>&1": "pytest",
    "coverage run -m pytest": "pytest",
    "coverage run -m unittest": "unittest",
    "node --test": "node",
    "node --experimental-vm-modules --test test/": "node",
    "npx jest --ci": "jest",
    "./node_modules/.bin/jest": "jest",
    "npx vitest run": "vitest",
    "yarn mocha": "unknown",
    "npx --no-install mocha test": "mocha",
    "go test ./...": "go",
    "go vet ./... && go test ./...": "go",
    "cargo test --workspace": "cargo",
    "cargo nextest run": "nextest",
    "./gradlew test": "gradle",
    "mvn -q -o test": "maven",
    "if pytest -q; then echo good; fi": "pytest",
    "! pytest": "pytest",
    "true": "unknown",
    "echo pytest": "unknown",
    "pytest a && pytest b": "unknown",
    "$(which pytest) -q": "unknown",
    "node server.js": "unknown",
    "python -m pytest_cov": "unknown",
    "bash -c 'pytest'": "unknown",
    "pytest 'unclosed": "unknown",
    "# pytest": "unknown",
}


@pytest.mark.parametrize(("command", "runner"), COMMANDS.items())
def test_the_runner_of_a_command(command: str, runner: str) -> None:
    assert call_in(command).runner.value == runner


@given(st.text(alphabet=" ab'\"\\|&;\n#()<>$`={}-", max_size=30))
def test_words_stand_where_they_say(line: str) -> None:
    ends = [0]
    for part in parts_of(line):
        for word in part:
            assert ends[-1] <= word.start < word.end <= len(line)
            ends.append(word.end)


@given(st.lists(st.from_regex(r"[a-z./]{1,6}", fullmatch=True), min_size=1, max_size=6))
def test_plain_words_come_back(words: list[str]) -> None:
    assert [[w.text for w in part] for part in parts_of(" ".join(words))] == [words]


SCRIPTS = {
    "npm test": Runner.NODE,
    "npm run unit": Runner.JEST,
    "yarn unit": Runner.JEST,
    "cd web && npm test": Runner.MOCHA,
    "npm run missing": Runner.UNKNOWN,
    "npm run hidden": Runner.UNKNOWN,
    "make check": Runner.PYTEST,
    "make both": Runner.UNKNOWN,
    "make after": Runner.UNKNOWN,
    "cd .. && npm test": Runner.UNKNOWN,
}


@pytest.mark.parametrize(("command", "runner"), SCRIPTS.items())
def test_scripts_stand_for_what_they_run(command: str, runner: Runner, tmp_path: Path) -> None:
    room = tmp_path / "room"
    (room / "web").mkdir(parents=True)
    scripts = {"test": "node --test", "unit": "jest --ci", "hidden": "node tools/run.js"}
    (room / "package.json").write_text(json.dumps({"scripts": scripts}))
    (tmp_path / "package.json").write_text(json.dumps({"scripts": scripts}))
    (room / "web/package.json").write_text(json.dumps({"scripts": {"test": "mocha"}}))
    (room / "Makefile").write_text(
        "check:\n\t@pytest -q\n\nboth:\n\tpytest a\n\tpytest b\n\nafter: check\n\tpytest\n"
    )
    assert resolved(command, room).runner is runner
