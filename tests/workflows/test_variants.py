"""The other shapes in which a rule is broken, and what looks like it and is none."""

import pytest
from workflows.reading import found, in_job

SHA = "0123456789abcdef0123456789abcdef01234567"
COMMENT = "issue_comment:\n    types: [created]"
WHO = "    if: startsWith(github.event.comment.body, '/x')\n"
TITLE = "        env:\n          T: ${{ github.event.issue.title }}\n"
KEY = "        env:\n          KEY: ${{ secrets.KEY }}\n"
WRITES = "      contents: write\n"


def step(text: str) -> str:
    return f"      - {text}\n"


def run(text: str, env: str = "") -> str:
    return f"{step(f'run: {text}')}{env}"


def uses(name: str, *inputs: str) -> str:
    given = "".join(f"          {line}\n" for line in inputs)
    return step(f"uses: {name}@{SHA} # v1") + (f"        with:\n{given}" if inputs else "")


def writing(text: str) -> str:
    return text.replace("      contents: read\n", WRITES)


def told(text: str) -> list[str]:
    return [f"{finding.rule} {finding.severity}" for finding in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # T1
        (in_job(run("gh pr checkout 1"), on=COMMENT, job=WHO), ["WF011 error"]),
        (in_job(run("git fetch origin pull/1/head"), on=COMMENT, job=WHO), ["WF011 error"]),
        (in_job(run("git fetch origin main"), on=COMMENT, job=WHO), []),
        (in_job(run("make")).replace("permissions: {}", "permissions: write-all"),
         ["WF013 error"]),
        # T2
        (in_job(uses("actions/github-script", "script: f(`${{ github.head_ref }}`)")),
         ["WF021 error"]),
        (in_job(uses("octo/other", "script: f(`${{ github.head_ref }}`)")), []),
        (in_job(run("echo ${{ env.T }}", TITLE)), ["WF021 error"]),
        (in_job(run("echo ${{ github.ref_name }}")), ["WF021 warning"]),
        # T3
        (in_job(run('claude -p "$T"', TITLE)), ["WF031 warning"]),
        (writing(in_job(run('npx -y @openai/codex exec "$T"', TITLE))),
         ["WF031 error", "WF091 warning"]),
        (in_job(run("echo claude", TITLE)), []),
        (in_job(run("gemini --yolo -p fix")), ["WF033 warning"]),
        (in_job(uses("openai/codex-action", "safety-strategy: unsafe")), ["WF033 warning"]),
        # T5
        (in_job(step(f"uses: actions/checkout@{SHA}") + run("git push")), ["WF051 note"]),
        (in_job(step(f"uses: actions/checkout@{SHA}") + run("claude -p x")), ["WF051 error"]),
        # T6
        (in_job(run("git -c core.hooksPath=.husky commit -m x")), ["WF061 warning"]),
        (in_job(run("git -c core.hooksPath=/dev/null commit -m x")), []),
        # T7
        (writing(in_job(run("git am < change.mbox"))), ["WF071 warning"]),
        (writing(in_job(run("git apply --check change.patch"))), []),
        (in_job(run("git apply change.patch")), []),
        # T10
        (in_job(run("npm test || echo failed")), ["WF101 warning"]),
        (in_job(run("rm -f x || true")), []),
        (in_job("      - run: |\n          pytest\n          exit 0\n"), ["WF101 warning"]),
        (in_job(run("pytest"), job="    continue-on-error: true\n"), ["WF101 warning"]),
        # T11
        (in_job(run("x", KEY.replace("secrets.KEY", "toJSON(secrets)"))), ["WF111 error"]),
        (in_job(run("x") + run("y"), job="    env:\n      T: ${{ secrets.GITHUB_TOKEN }}\n"), []),
        # T12
        (in_job(run("echo ${{ secrets.KEY }} > key.pem")), []),
        (in_job(run("env | sort", KEY)), ["WF121 warning"]),
        (in_job("      - run: |\n          set -x\n          deploy\n" + KEY), ["WF121 warning"]),
        (in_job(uses("anthropics/claude-code-action", "show_full_output: true")),
         ["WF121 warning"]),
        (in_job(run("x", '        env:\n          ACTIONS_STEP_DEBUG: "true"\n')),
         ["WF121 warning"]),
        # T13
        (in_job(run("x", '        env:\n          ACTIONS_ALLOW_UNSECURE_COMMANDS: "true"\n')),
         ["WF131 error"]),
        (in_job(run("echo 't<<EOF' >> $GITHUB_OUTPUT")), ["WF131 warning"]),
        (in_job(run('echo "t=$T" >> "$GITHUB_OUTPUT"', TITLE)), ["WF131 warning"]),
        (in_job(run('echo "$T" | tee -a "$GITHUB_PATH"', TITLE)), ["WF131 error"]),
        # T14
        (writing(in_job(uses("actions/setup-node", "cache: npm"))), ["WF141 warning"]),
        (writing(in_job(uses("actions/setup-node"))), []),
        (writing(in_job(uses("actions/setup-go"))), ["WF141 warning"]),
        (writing(in_job(uses("actions/setup-go", "cache: false"))), []),
        (writing(in_job(uses("actions/cache/save", "path: x"))), []),
        (writing(in_job(uses("astral-sh/setup-uv"))), ["WF141 warning"]),
        # T15
        (in_job(run("gh run download 1"), on="workflow_run:"), ["WF012 warning", "WF151 error"]),
        (in_job(run('gh run download 1 -D "$RUNNER_TEMP/x"'), on="workflow_run:"),
         ["WF012 warning"]),
        # T16
        (in_job(step("uses: octo/a@main")), ["WF161 error"]),
        (in_job(step("uses: octo/a")), ["WF161 error"]),
        (in_job(step("uses: docker://alpine:3")), ["WF161 warning"]),
        (in_job(step(f"uses: docker://alpine@sha256:{SHA}")), []),
        (in_job(step("uses: ./.github/actions/a")), []),
        (in_job(run("bash <(curl -s https://example.org/x)")), ["WF162 warning"]),
        (in_job(run("npx tool@latest")), ["WF162 warning"]),
        (in_job(run("curl -fsSLO https://example.org/x.tar.gz")), []),
        # T20
        (in_job(run("git push origin +refs/notes/*:refs/notes/*")), ["WF201 error"]),
        (in_job(run("git push --force origin main")), []),
        # T22
        (in_job(run("gh pr merge --admin 1")), ["WF221 warning"]),
        (in_job(uses("hmarr/auto-approve-action") + run("claude -p x")), ["WF221 error"]),
        # T23, T24
        (in_job(run("claude -p x")).replace("    timeout-minutes: 30\n", ""), ["WF231 warning"]),
        (in_job(run("make"), on=COMMENT, job=WHO).replace("jobs:", "concurrency: x\njobs:"),
         ["WF241 warning"]),
    ],
)  # fmt: skip
def test_a_shape_is_told_at_its_weight(text: str, expected: list[str]) -> None:
    assert told(text) == expected
