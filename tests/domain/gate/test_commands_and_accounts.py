import pytest
from fakes.gates import run_of
from hypothesis import given
from hypothesis import strategies as st

from hexci.domain.evidence import EvidenceRun, TestStatus
from hexci.domain.gate.account import fail_to_pass, judge_green, judge_red
from hexci.domain.gate.scripts import named_paths
from hexci.domain.gate.shell import ShellError, split_line
from hexci.domain.gate.vacuity import judge_vacuity
from hexci.domain.outcome import Outcome
from hexci.domain.plan import Mode

P, F, S, X = TestStatus.PASSED, TestStatus.FAILED, TestStatus.SKIPPED, TestStatus.XFAILED


@pytest.mark.parametrize(
    "command",
    ["true", ":", "echo ok", "", "# nothing", "pytest || true", "pytest -q ; exit 0", "pytest &",
     "pytest --collect-only", "python -m pytest --co -q", "pytest --version", "set +e; pytest",
     "if pytest; then echo; fi", "! pytest", "pytest || :", "make -i test", "cargo test --no-run",
     "pytest || echo failed", "sleep 1 && echo done", "python -m compileall ."],
)  # fmt: skip
def test_commands_that_cannot_fail_are_vacuous(command: str) -> None:
    """T10: true, echo, `|| true` and their like prove nothing."""
    assert judge_vacuity(command).outcome is Outcome.VACUOUS


@pytest.mark.parametrize(
    "command",
    ["pytest", "python -m pytest -q tests", "cd sub && pytest", "export A=1; pytest -q",
     "pytest | tee log", "pytest || exit 1", "A=1 pytest", "npm test && npm run lint",
     "bash ci/check.sh", "pytest -k 'true or false'", "python -c 'import a; a.b()'",
     "echo start; pytest", "pytest 2>&1"],
)  # fmt: skip
def test_commands_that_can_fail_pass(command: str) -> None:
    assert judge_vacuity(command).outcome is None


def test_an_open_quote_is_bad_input() -> None:
    assert judge_vacuity("pytest 'a").outcome is Outcome.BAD_INPUT


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="'\0")), min_size=1))
def test_quoted_words_come_back_as_they_were(words: list[str]) -> None:
    line = " ".join(f"'{word}'" for word in words)
    assert [part.text for part in split_line(line)] == words


@given(st.text())
def test_any_line_is_split_or_refused(line: str) -> None:
    try:
        parts = split_line(line)
    except ShellError:
        return
    assert all(isinstance(part.text, str) for part in parts)


def test_the_files_a_command_names_are_followed_through_its_scripts() -> None:
    files = {
        "ci/check.sh": b"source ci/env.sh\npython -m pytest -q\n",
        "ci/env.sh": b"export A=1\n",
        "app.py": b"",
        "expected.txt": b"",
    }
    assert named_paths("bash ci/check.sh", files, files.get) == {"ci/check.sh", "ci/env.sh"}
    command = "python app.py | diff - expected.txt"
    assert named_paths(command, files, files.get) == {"expected.txt"}


def green_outcome(
    before: dict[str, TestStatus], after: dict[str, TestStatus] | None, exit_code: int = 0
) -> Outcome | None:
    green = run_of(after, exit_code)
    return judge_green(run_of(before), green, Mode.FIX, require_account=True).outcome


@pytest.mark.parametrize(
    ("before", "after", "exit_code", "outcome"),
    [
        ({"a": F, "b": P}, {"a": P, "b": P}, 0, None),
        ({"a": F, "b": P}, {"a": P}, 0, Outcome.TAMPERED),
        ({"a": F, "b": P}, {"a": P, "b": S}, 0, Outcome.TAMPERED),
        ({"a": F, "b": P}, {"a": X, "b": P}, 0, Outcome.TAMPERED),
        ({"a": F}, {"a": F}, 0, Outcome.TAMPERED),
        ({"a": F}, {"a": F}, 1, Outcome.EVIDENCE_FAILED),
        ({"a": F}, {"a": P}, 1, Outcome.EVIDENCE_FAILED),
        ({"a": F}, None, 0, Outcome.TAMPERED),
        ({"a": F}, {"a": S}, 0, Outcome.VACUOUS),
        ({"a": P}, {"a": P, "c": P}, 0, Outcome.UNPROVEN),
    ],
)
def test_green_is_believed_only_with_a_full_account(
    before: dict[str, TestStatus],
    after: dict[str, TestStatus] | None,
    exit_code: int,
    outcome: Outcome | None,
) -> None:
    """T10: exit code and account must agree."""
    assert green_outcome(before, after, exit_code) is outcome


def test_a_file_that_could_not_be_loaded_stands_for_its_tests() -> None:
    red = run_of({"tests/test_a.py": TestStatus.ERROR})
    green = run_of({"tests/test_a.py::test_x": P})
    assert fail_to_pass(red, green) == ("tests/test_a.py::test_x",)
    assert judge_green(red, green, Mode.FIX, require_account=True).outcome is None


def test_red_says_what_the_base_is_good_for() -> None:
    late = EvidenceRun(None, "", 1.0, "none")
    assert judge_red(late, Mode.FIX, require_account=True).outcome is Outcome.TIMEOUT
    green = run_of({"a": P})
    assert judge_red(green, Mode.FIX, require_account=True).outcome is Outcome.ALREADY_GREEN
    assert judge_red(green, Mode.REFACTOR, require_account=True).outcome is None
    red = run_of({"a": F})
    assert judge_red(red, Mode.FIX, require_account=True).outcome is None
    assert judge_red(red, Mode.REFACTOR, require_account=True).outcome is Outcome.EVIDENCE_FAILED
    nothing = run_of({}, 0)
    assert judge_red(nothing, Mode.FIX, require_account=True).outcome is Outcome.VACUOUS
    unknown = run_of(None, 1)
    assert judge_red(unknown, Mode.FIX, require_account=False).outcome is None
