"""Finer points of the rules, of expressions and of what is ignored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workflows.reading import found, in_job, rules

from hexci.domain.finding import Severity
from hexci.domain.workflows.expressions import Taint, taint_of, tainted_env
from hexci.domain.workflows.judging import judge
from hexci.domain.workflows.script import commands
from hexci.domain.workflows.source import Source

SHA = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("${{ github.event.issue.title }}", Taint.STRANGER),
        ("${{ github['event']['comment'].body }}", Taint.STRANGER),
        ("${{ format('{0}', github.head_ref) }}", Taint.STRANGER),
        ("${{ github.event.pull_request.head.ref || 'main' }}", Taint.STRANGER),
        ("${{ github.event.commits[0].message }}", Taint.STRANGER),
        ("${{ github.event.commits.*.author.name }}", Taint.STRANGER),
        ("${{ toJSON(github.event) }}", Taint.STRANGER),
        ("${{ steps.changed.outputs.all_changed_files }}", Taint.STRANGER),
        ("${{ inputs.name }}", Taint.CALLER),
        ("${{ github.event.client_payload.ref }}", Taint.CALLER),
        ("${{ github.event.issue.number }}", Taint.NOBODY),
        ("${{ github.event.pull_request.head.sha }}", Taint.NOBODY),
        ("${{ contains(github.event.comment.body, '/hex') }}", Taint.NOBODY),
        ("${{ github.head_ref == 'main' }}", Taint.NOBODY),
        ("${{ 'github.head_ref' }}", Taint.NOBODY),
        ("github.event.issue.title", Taint.NOBODY),
    ],
)
def test_who_decides_what_an_expression_becomes(text: str, who: Taint) -> None:
    assert taint_of(text) is who


def test_a_variable_is_as_foreign_as_what_it_was_set_to() -> None:
    env = tainted_env({"A": "${{ github.head_ref }}"}, {"B": "x-${{ env.A }}", "C": "plain"})
    assert env == {"a": Taint.STRANGER, "b": Taint.STRANGER}
    assert taint_of("${{ env.B }}", env) is Taint.STRANGER


def test_a_finding_stands_where_the_text_stands() -> None:
    step = "      - run: |\n          echo one\n          echo ${{ github.head_ref }}\n"
    (finding,) = found(in_job(step, on="pull_request:"))
    assert (finding.rule, finding.line, finding.col) == ("WF021", 14, 16)


def test_a_composite_action_is_judged_like_a_job() -> None:
    action = (
        "name: a\ninputs: {who: {}}\nruns:\n  using: composite\n  steps:\n"
        "    - run: echo ${{ inputs.who }}\n      shell: bash\n    - uses: octo/b@main\n"
    )
    assert [(f.rule, f.severity) for f in found(action, "action.yml")] == [
        ("WF021", Severity.WARNING),
        ("WF161", Severity.ERROR),
    ]


def test_an_action_of_javascript_has_nothing_to_judge() -> None:
    assert found("name: a\nruns: {using: node24, main: index.js}\n", "action.yml") == ()


@pytest.mark.parametrize("text", ["", "[]", "jobs: {}", "a: &x 1\nb: *y\n", "on: !!python/x y\n"])
def test_what_cannot_be_read_is_a_finding_and_no_crash(text: str) -> None:
    assert rules(text) == ["WF001"]


def test_an_anchor_and_a_list_of_events_are_read() -> None:
    text = in_job("      - &make\n        run: make\n      - *make\n").replace(
        "  push:", "  [push]"
    )
    assert rules(text) == []


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        (" # hexci: ignore[WF101] because it only informs", []),
        (" # hexci: ignore[WF101]", ["WF003", "WF101"]),
        (" # hexci: ignore", ["WF003", "WF101"]),
        (" # hexci: ignore[WF161] because of another rule", ["WF004", "WF101"]),
        (" # hexci: ignore[WF101, WF162] because two", ["WF004"]),
        (" # hexci: ignore[WF101] because of now, until=2999-01-01", []),
        (" # hexci: ignore[WF101] because of then, until=2020-01-01", ["WF003", "WF101"]),
    ],
)
def test_only_a_reason_for_the_very_rule_silences_it(comment: str, left: list[str]) -> None:
    assert rules(in_job(f"      - run: pytest || true{comment}\n")) == left


def test_a_comment_of_its_own_is_about_the_next_line_of_code() -> None:
    steps = (
        "      # hexci: ignore[WF101] because it only informs\n      # and more words\n"
        "      - run: pytest || true\n      - run: pytest || true\n"
    )
    assert [(f.rule, f.line) for f in found(in_job(steps))] == [("WF101", 15)]


def test_a_condition_that_names_the_event_or_its_own_repository_is_believed() -> None:
    step = (
        f"      - uses: actions/checkout@{SHA}\n        with:\n"
        "          persist-credentials: false\n          ref: ${{ github.head_ref }}\n"
    )
    both = "pull_request:\n  issue_comment:\n    types: [created]"
    named = "    if: github.event_name == 'pull_request'\n"
    assert rules(in_job(step, on=both, job=named)) == []
    other = "    if: github.event_name == 'issue_comment'\n"
    assert rules(in_job(step, on=both, job=other)) == ["WF011"]


def test_a_failure_that_is_looked_at_later_is_not_swallowed() -> None:
    steps = "      - id: tests\n        run: pytest\n        continue-on-error: true\n"
    assert rules(in_job(steps)) == ["WF101"]
    later = "      - if: steps.tests.outcome == 'failure'\n        run: exit 1\n"
    assert rules(in_job(steps + later)) == []


def test_the_lines_of_a_here_document_are_no_commands() -> None:
    script = "cat > x <<'EOF'\npytest || true\nEOF\nmake \\\n  test\n# git push -f\n"
    assert commands(script) == ("cat > x <<'EOF'", "make    test")


SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.sampled_from(
    ["push", "pull_request_target", "inherit", "write-all", "actions/checkout", "./a", "a/b@main",
     "${{ github.head_ref }}", "${{", "echo x >> $GITHUB_ENV", "pytest || true", "claude -p x"]
)  # fmt: skip
KEYS = st.sampled_from(
    ["on", "jobs", "steps", "run", "uses", "with", "env", "if", "permissions", "concurrency",
     "runs", "using", "secrets", "types", "ref", "path", "timeout-minutes", "continue-on-error"]
)  # fmt: skip
DATA = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5)
)


@given(on=DATA, jobs=DATA, rest=DATA)
def test_no_shape_of_a_file_breaks_the_judgement(on: object, jobs: object, rest: object) -> None:
    for data in (
        rest,
        {"on": on, "jobs": {"a": jobs}},
        {"on": on, "jobs": {"a": {"steps": [jobs]}}},
        {"runs": {"using": "composite", "steps": [jobs, rest]}},
    ):
        source = Source("w.yml", data, lambda _: (1, 1), "")  # type: ignore[arg-type]
        assert all(finding.line >= 1 for finding in judge(source))


def test_an_ignore_finds_its_line_whatever_ends_the_others() -> None:
    text = in_job("      - run: pytest || true # hexci: ignore[WF101] because why not\n")
    assert rules(text.replace("\n", "\r\n")) == []
