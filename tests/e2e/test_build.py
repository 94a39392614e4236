"""`hexci build` as a person calls it, with a scripted company of agents."""

import json
import signal
from pathlib import Path
from typing import Any

import pytest
from fakes.command_line import Said, hexci
from fakes.companies import CHALLENGE, GATE, REPO, TESTS, company
from fakes.killed import Doomed
from fakes.openai_server import Endpoint, acting_openai
from fakes.repositories import fingerprint, git, repo_with

pytestmark = pytest.mark.slow
ORDER = ("build", CHALLENGE, "--target", "kit", "--gate", GATE, "--candidate", "openai/scripted")


def asked(repo: Path, endpoint: Endpoint, *arguments: str) -> Said:
    return hexci(repo, *arguments, "--json", OPENAI_BASE_URL=endpoint.url, OPENAI_API_KEY="k")


def record(repo: Path, name: str) -> str:
    return hexci(repo, "show", "last", "--log", name).out


def messages(repo: Path) -> dict[str, Any]:
    return hexci(repo, "show", "last", "--messages", "--json").document


def test_a_build_lands_specification_tests_and_code_in_one_proven_commit(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", REPO)
    before = fingerprint(repo)
    with acting_openai(company()) as endpoint:
        said = asked(repo, endpoint, *ORDER, "--designs", "2")
    assert said.document["outcome"] == "committed", said.err
    branch = said.document["branch"]
    changed = git(repo, "diff", "--name-only", "main", branch).split()
    specification = "docs/specs/a-counter-that-never-goes-below.md"
    assert changed == [specification, "kit/counter.py", "tests/test_counter.py"]
    assert said.document["tests"] == ["tests/test_counter.py"]
    assert hexci(repo, "verify", branch).exit_code == 0
    git(repo, "branch", "-qD", branch)
    assert before == fingerprint(repo)
    # what was said is all there, signed by each, and shows the debate
    told = messages(repo)
    assert (told["trouble"], told["signed"], told["open_talks"]) == ([], True, [])
    kinds = [message["type"] for message in told["messages"]]
    assert kinds.count("answer") == 2
    assert {"roster", "call", "task", "result", "motion", "vote", "decision", "commit"} < {*kinds}
    assert "add(-1)" in record(repo, "messages.ndjson")
    frozen = json.loads(record(repo, "tests.json"))
    assert set(frozen["files"]) == {specification, "tests/test_counter.py"}
    assert record(repo, "tests/tests/test_counter.py") == TESTS


def test_a_record_whose_messages_were_altered_is_refused(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", REPO)
    with acting_openai(company(write_tests={"edits": []})) as endpoint:
        said = asked(repo, endpoint, *ORDER, "--designs", "1")
    assert (said.exit_code, said.document["outcome"]) == (7, "model_error")
    lines = record(repo, "messages.ndjson").splitlines(keepends=True)
    ref = git(repo, "for-each-ref", "--format=%(refname)", "refs/hexci/runs")
    for text, told in (
        ("".join(lines).replace("add(-1)", "add(+1)"), "was altered"),
        ("".join([*lines[:3], *lines[4:]]), "the chain is broken"),
        ("".join(lines[:-1]), "messages are missing at the end"),
        (_signed_by_nobody(lines), "is not signed by conductor"),
    ):
        _rewrite(repo, ref, text)
        shown = hexci(repo, "show", "last", "--messages")
        assert (shown.exit_code, told in shown.out) == (1, True), shown.out
        assert asked(repo, endpoint, "build", "--resume", "last").exit_code == 6


def _signed_by_nobody(lines: list[str]) -> str:
    body = json.loads(lines[-1])
    assert body["from"] == "tester"
    told = [json.loads(line) for line in lines]
    place = max(n for n, line in enumerate(told) if line["from"] == "conductor")
    told[place]["sig"] = body["sig"]
    return "".join(
        json.dumps(line, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"
        for line in told
    )


def _rewrite(repo: Path, ref: str, text: str) -> None:
    """Puts other messages into a run's record, as somebody with a push might."""
    listed = git(repo, "ls-tree", ref).splitlines()
    blob = git(repo, "hash-object", "-w", "--stdin", stdin=text.encode())
    lines = [line for line in listed if not line.endswith("\tmessages.ndjson")]
    tree = git(
        repo, "mktree", stdin="\n".join([*lines, f"100644 blob {blob}\tmessages.ndjson"]).encode()
    )
    commit = git(repo, "commit-tree", tree, "-p", ref, "-m", "end model_error")
    git(repo, "update-ref", ref, commit)


@pytest.mark.parametrize("moment", ["write_tests", "gate: proven"])
def test_a_killed_build_is_taken_up_without_paying_twice(tmp_path: Path, moment: str) -> None:
    repo = repo_with(tmp_path / "r", REPO)
    doomed = Doomed()
    by_call = ":" not in moment
    with acting_openai(company(**({moment: doomed.deadly} if by_call else {}))) as endpoint:
        word = "" if by_call else moment
        told = {"OPENAI_BASE_URL": endpoint.url, "OPENAI_API_KEY": "k"}
        assert doomed.run(repo, (*ORDER, "--designs", "1"), word, **told) == -signal.SIGKILL
    paid = [n for n in hexci(repo, "show", "last", "--json").document["files"] if "calls/" in n]
    with acting_openai(company()) as endpoint:
        said = asked(repo, endpoint, "build", "--resume", "last")
        again = len(endpoint.requests)
    assert said.document["outcome"] == "committed", said.err
    assert len(paid) + again == 6, "design, critique, specification, vote, tests, code"
    assert messages(repo)["trouble"] == []
    assert "run.started" in record(repo, "events.ndjson")
