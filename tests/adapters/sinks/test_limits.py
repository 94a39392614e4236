"""Every writer one below its platform's limit, at it, and one above; with characters of 4 bytes."""

import gzip
import html
import json
import random
import re
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from fakes.github_server import TOKEN, FakeGitHub, fake_github
from fakes.ports import FakeClock
from markdown_it import MarkdownIt

from hexci.adapters.github.client import Client, Patience
from hexci.adapters.github.forge import GitHub
from hexci.adapters.sinks import annotations, sarif
from hexci.adapters.sinks.check_run import check_run
from hexci.adapters.sinks.conversation import Conversation
from hexci.adapters.sinks.outputs import outputs_text
from hexci.adapters.sinks.review_page import page
from hexci.domain.asking.claim import Claim, ClaimState, pack
from hexci.domain.asking.commands import Command, Verb
from hexci.domain.asking.delivery import Thread
from hexci.domain.asking.run_report import GateStep, RunReport, Turn
from hexci.domain.asking.scene import Checked, Decision, Ended, Scene
from hexci.domain.bounded import length
from hexci.domain.finding import Finding, Report, Severity
from hexci.domain.outcome import Outcome
from hexci.domain.redaction import Redactor
from hexci.domain.review.claim import Claim as Defect
from hexci.domain.review.claim import Judged, LensReport, LensStatus, Standing
from hexci.domain.review.review import Review

MARKER = "<!-- hexci:thread -->"
CLAIM = Claim(
    "k", "issue-12", "help", pack(Command(Verb.HELP, "/hex help")), "ada", 7,
    "2026-01-02T03:04:05Z", "", "55", 1, "2026-01-02T03:14:05Z", ClaimState.DONE, outcome="ok",
)  # fmt: skip
VOICE = Conversation(Redactor())


def checked(text: str) -> Checked:
    return Checked(Report("review"), text, "", Outcome.FINDINGS)


def finding(text: str, rule: str = "REV007") -> Finding:
    return Finding(rule, Severity.ERROR, "a.py", 1, 0, text)


def size(text: str) -> int:
    return len(text.encode())


WRITERS: dict[str, tuple[Callable[[str], str], Callable[[str], int], int]] = {
    "comment": (
        lambda text: VOICE.comment(Scene(CLAIM, text), MARKER), length, 65_536,
    ),
    "summary": (
        lambda text: VOICE.summary(Ended(Outcome.OK, "", checked=checked(text))), size, 1_048_576,
    ),
    "check run's summary": (
        lambda text: VOICE.check(checked(text), "1" * 40, "k").summary, length, 65_535,
    ),
    "check run's annotation": (
        lambda text: check_run(
            Checked(Report.of("review", [finding(text)]), "", "", Outcome.FINDINGS), "1" * 40, "k"
        ).notes[0].message,
        size, 65_536,
    ),
    "check run's title": (
        lambda text: check_run(
            Checked(Report.of("review", [finding("m", text)]), "", "", Outcome.FINDINGS), "1", "k"
        ).notes[0].title,
        length, 255,
    ),
    "workflow command": (
        lambda text: annotations.render(Report.of("t", [finding(text)]))
        .rpartition("::")[2]
        .removesuffix("\n"),
        length, 4_096,
    ),
    "SARIF message": (
        lambda text: json.loads(sarif.render(Report.of("t", [finding(text)])))["runs"][0][
            "results"
        ][0]["message"]["text"],
        length, 4_096,
    ),
    "draft's title": (
        lambda text: VOICE.decision_draft(Decision(Outcome.OK, "", text), None, CLAIM).title,
        length, 120,
    ),
}  # fmt: skip


@pytest.mark.parametrize("character", ["x", "\u00e9", "\u4e2d", "\U0001f600"])
@pytest.mark.parametrize("name", WRITERS)
def test_what_fits_is_whole_and_one_more_is_cut_within_the_limit(name: str, character: str) -> None:
    write, measure, most = WRITERS[name]
    around = measure(write("x")) - 1
    for off in (-1, 0, 1):
        room = most - around + off
        text = "x" * (room % measure(character)) + character * (room // measure(character))
        written = write(text)
        assert measure(written) <= most
        assert (text in written) == (off <= 0)
        if off <= 0:
            assert measure(written) == most + off
    assert measure(write(character * 2 * most)) <= most


@pytest.mark.slow
@pytest.mark.parametrize("count", [24_999, 25_000, 25_001])
def test_sarif_keeps_the_worst_when_there_are_too_many(count: int) -> None:
    notes = [finding(f"m{n}")._replace(severity=Severity.NOTE) for n in range(count - 1)]
    worst = finding("worst")._replace(path="z.py")
    [run] = json.loads(sarif.render(Report.of("t", [*notes, worst])))["runs"]
    assert len(run["results"]) == min(count, 25_000)
    assert run.get("properties", {}).get("leftOut", 0) == max(0, count - 25_000)
    assert [r["level"] for r in run["results"]].count("error") == 1


def test_sarif_that_does_not_compress_stays_within_its_bytes() -> None:
    noise = random.Random(1)
    texts = (
        "".join(chr(noise.randrange(0x1F300, 0x1F900)) for _ in range(200)) for _ in range(300)
    )
    text = sarif.render(Report.of("t", map(finding, texts)), 50_000)
    assert len(gzip.compress(text.encode(), 6)) <= 50_000
    [run] = json.loads(text)["runs"]
    assert len(run["results"]) + run["properties"]["leftOut"] == 300


@pytest.fixture
def server() -> Iterator[FakeGitHub]:
    with fake_github() as github:
        yield github
    assert github.violations == []


@pytest.mark.parametrize("count", [0, 1, 49, 50, 51, 99, 100, 101, 500, 501])
def test_a_check_run_has_its_annotations_in_requests_of_fifty(
    server: FakeGitHub, count: int
) -> None:
    clock = FakeClock()
    forge = GitHub(
        Client(server.url, TOKEN, Patience(clock, lambda _: None, between_writes=0)), "octo/app"
    )
    found = Report.of("review", [finding(f"{n:03}\U0001f600") for n in range(count)])
    forge.check(check_run(Checked(found, "p", "", Outcome.FINDINGS), "1" * 40, "k"))
    [check] = server.checks.values()
    said = [note["message"][:3] for note in check["annotations"]]
    assert said == [f"{n:03}" for n in range(min(count, 500))]
    writes = [path for verb, path in server.requests if verb != "GET"]
    assert len(writes) == max(1, -(-min(count, 500) // 50))


# ------------------------------------------------------------------------ T12, T13: secrets

SECRET = 'ghs_a*b&c%d:e,f"g\\h|i`j<k>l[m]n~o!p#q@r'


def report(text: str) -> RunReport:
    return RunReport(
        run="20260102T030405Z-0123456789ab", outcome=Outcome.PROPOSED, reason=text, task=text,
        base="b" * 40, evidence=text, branch=text, commit="c" * 40, tree="d" * 40,
        candidate=text, evidence_digest=text, isolation=text, seconds=1.0,
        steps=(GateStep(text, text, text, 1.0),), turns=(Turn(text, text, 1.0, text),),
        notes=(text,), patch=text, usd=0.5, tokens=10,
    )  # fmt: skip


def everything(voice: Conversation, redact: Redactor, text: str) -> Iterator[tuple[str, str]]:
    claim = replace(
        CLAIM, verb="do", asked=pack(Command(Verb.DO, text, text)), actor=text, said=text
    )
    defect = Defect("crashes", text, text, 1, text, text, text)
    judged = Judged(defect, Standing.CONFIRMED, text), Judged(defect, Standing.REFUTED, text)
    review = Review((LensReport("crashes", text, LensStatus.OK, told=text),), judged)
    found = Report.of("review", [Finding(text, Severity.ERROR, text, 1, 0, text, text, text)])
    look = Checked(found, page(redact.all_of(review)), sarif.render(found), Outcome.FINDINGS)
    for ended in (
        Ended(Outcome.UNPROVEN, text, claim=claim, report=report(text)),
        Ended(Outcome.FINDINGS, text, claim=claim, checked=look),
        Ended(Outcome.OK, text, claim=claim, decision=Decision(Outcome.OK, text, text, patch=text)),
    ):
        told = report(text)
        scene = Scene(claim, text, told, (claim,), shows_patch=True, checked=ended.checked)
        yield "comment", voice.comment(scene, MARKER)
        yield "body", voice.pull_body(told, Thread(12, is_pull=False), text)
        yield "title", voice.pull_title(told)
        yield "summary", voice.summary(ended)
        yield "annotation", voice.annotations(ended)
        yield "log", voice.log(ended)
        yield "outputs", outputs_text(voice.outputs(ended, {}))
        yield from voice.files(ended).items()
        draft = voice.decision_draft(ended.decision or Decision(Outcome.OK, ""), None, claim)
        yield "draft's title", draft.title
        yield "draft", draft.body
    check = voice.check(look, "1" * 40, "k")
    yield "check", f"{check.title}\n{check.summary}"
    for note in check.notes:
        yield "note", f"{note.path}\n{note.title}\n{note.message}"


def test_t12_no_sink_lets_a_secret_out_however_it_escapes_its_text() -> None:
    """T12: escaping changes a secret's letters, so secrets go before anything is escaped."""
    redact = Redactor([SECRET])
    leaks = []
    for sink, text in everything(Conversation(redact), redact, f"\u00e9 {SECRET} \u00e9"):
        for read in (str, html.unescape, urllib.parse.unquote, _out_of_json):
            leaks += [(sink, read)] if SECRET[4:] in read(text) else []
    assert leaks == []


TAGS = {
    "h3", "h4", "p", "table", "thead", "tbody", "tr", "th", "td", "pre", "code", "details",
    "summary", "ul", "li", "strong", "br",
}  # fmt: skip
MARKUP = (
    "@octo/team @ada #12 octo/app#12 <b>x</b> <img src=x> ![i](http://e/?x) [a](b) **c** ~~d~~ "
    "http://evil.example www.evil.example ``` |a|b| <!-- x --> </details> &lt;i&gt; ### h \u202e"
)


def test_t12_a_reader_of_a_page_meets_no_mention_link_image_or_markup_of_an_agent() -> None:
    """T12: as the page is rendered, not as it is written."""
    markdown = MarkdownIt("commonmark").enable("table")
    for sink, text in everything(Conversation(Redactor()), Redactor(), f"{MARKUP}\n{MARKUP}"):
        if sink not in {"comment", "body", "summary", "draft", "check"}:
            continue
        shown = markdown.render(text.partition("\n")[2] if sink == "comment" else text)
        assert set(re.findall(r"<(\w+)", shown)) <= TAGS, sink
        # code is neither searched for mentions nor for links
        prose = html.unescape(re.sub(r"<code.*?</code>", "", shown, flags=re.DOTALL))
        assert re.findall(r"@\w|(?<!For )(?<!Closes )#\d|://|www\.", prose) == [], sink


def _out_of_json(text: str) -> str:
    return text.replace('\\"', '"').replace("\\\\", "\\")


def test_t12_the_same_text_without_a_secret_is_let_through() -> None:
    """The test above could not fail if the writers dropped everything."""
    texts = dict(everything(Conversation(Redactor()), Redactor(), "plainword"))
    assert [sink for sink, text in texts.items() if "plainword" not in text] == []
