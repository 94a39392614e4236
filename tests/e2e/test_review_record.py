"""What `hexci review` leaves: a debate of its lenses, and a run that can be taken up."""

import json
import signal
from pathlib import Path

import pytest
from fakes.command_line import hexci
from fakes.companies import company
from fakes.killed import Doomed
from fakes.openai_server import Turn, acting_openai
from fakes.repositories import repo_with

pytestmark = pytest.mark.slow
FILES = {
    "calc.py": "def add(a, b):\n    return a + b\n",
    "test_calc.py": (
        "import unittest\n\nfrom calc import add\n\n\nclass AddTest(unittest.TestCase):\n"
        "    def test_sum(self):\n        self.assertEqual(add(2, 3), 5)\n"
    ),
}
ASKED = (
    "review", "--gate", "python3 -m unittest -q", "--candidate", "openai/scripted",
    "--lens", "edges", "--lens", "security", "--json",
)  # fmt: skip


def test_a_killed_review_is_taken_up_without_asking_a_lens_twice(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", FILES)
    doomed = Doomed()
    clean: dict[str, object] = {"claims": []}

    def second_dies(told: str) -> object:
        return doomed.deadly(told) if "untrusted text that gains power" in told else clean

    with acting_openai(company(report_claims=second_dies)) as endpoint:
        told = {"OPENAI_BASE_URL": endpoint.url, "OPENAI_API_KEY": "k"}
        assert doomed.run(repo, ASKED, **told) == -signal.SIGKILL
        files = hexci(repo, "show", "last", "--json").document["files"]
        paid = sum(name.startswith("calls/") for name in files)
    with acting_openai(company(report_claims=clean)) as endpoint:
        told = {"OPENAI_BASE_URL": endpoint.url, "OPENAI_API_KEY": "k"}
        said = hexci(repo, "review", "--resume", "last", "--json", **told)
        assert paid + len(endpoint.requests) == 2
    assert said.document["outcome"] == "reviewed_clean", said.err
    debate = hexci(repo, "show", "last", "--messages", "--json").document
    assert (debate["trouble"], debate["open_talks"]) == ([], [])
    answers = [m["from"] for m in debate["messages"] if m["type"] == "answer"]
    assert sorted(answers) == ["lens-edges", "lens-security"]
    assert json.loads(hexci(repo, "show", "last", "--log", "review.json").out) == said.document


def test_a_lens_that_gives_no_answer_has_failed_in_the_record_too(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", FILES)
    with acting_openai(lambda *_: Turn(status=401)) as endpoint:
        told = {"OPENAI_BASE_URL": endpoint.url, "OPENAI_API_KEY": "k"}
        said = hexci(repo, *ASKED, **told)
    assert said.document["outcome"] == "review_incomplete", said.err
    shown = hexci(repo, "show", "last", "--messages")
    assert "lens_edges--xconductor: failure:" in shown.out
