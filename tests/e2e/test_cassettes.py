from pathlib import Path

import pytest
from fakes.command_line import EVIDENCE, buggy_repo, hexci
from fakes.openai_server import Turn, scripted_openai

pytestmark = pytest.mark.slow
KEY = "sk-canary-cassette"
FIXED = {"edits": [{"path": "calc.py", "old": "a - b", "new": "a + b"}]}
WRONG = {"edits": [{"path": "calc.py", "old": "a - b", "new": "a * b"}]}
ASKED = ("do", "add", "--evidence", EVIDENCE, "--candidate", "openai/scripted", "--json")


def test_a_run_is_replayed_elsewhere_without_key_or_network(tmp_path: Path) -> None:
    turns = [Turn(calls=[(name, given)]) for name, given in (
        ("read_file", {"path": "calc.py"}), ("propose_edit", WRONG), ("run_evidence", {}),
        ("propose_edit", FIXED))]  # fmt: skip
    tape = str(tmp_path / "tape")
    with scripted_openai(*turns) as endpoint:
        first = hexci(
            buggy_repo(tmp_path / "ci"), *ASKED, "--record", tape,
            OPENAI_BASE_URL=endpoint.url, OPENAI_API_KEY=KEY,
        )  # fmt: skip
    assert first.document["outcome"] == "committed", first.out
    second = hexci(buggy_repo(tmp_path / "laptop" / "deeper"), *ASKED, "--replay", tape)
    assert second.document["outcome"] == "committed", second.out
    assert second.document["patch"] == first.document["patch"]
    usage = [dict(said.document["candidates"][0]["usage"]) for said in (first, second)]
    assert usage[0] == usage[1]
    assert [p for p in Path(tape).iterdir() if KEY in p.read_text()] == []


def test_another_task_is_not_on_the_cassette(tmp_path: Path) -> None:
    (tmp_path / "tape").mkdir()
    said = hexci(buggy_repo(tmp_path / "r"), *ASKED, "--replay", str(tmp_path / "tape"))
    assert said.document["outcome"] == "model_error"
    assert "not on the cassette" in said.document["candidates"][0]["summary"]


def test_recording_and_replaying_at_once_is_refused(tmp_path: Path) -> None:
    said = hexci(buggy_repo(tmp_path / "r"), *ASKED, "--record", "a", "--replay", "b")
    assert said.exit_code == 2
