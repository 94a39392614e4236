"""The law as its users meet it: a scripted model in a pipeline, denials read afterwards."""

import json
from pathlib import Path

import pytest
from fakes.command_line import BUGGY, EVIDENCE, Said, hexci
from fakes.openai_server import Turn, scripted_openai
from fakes.repositories import repo_with

pytestmark = pytest.mark.slow

FIX = ("propose_edit", {"edits": [{"path": "calc.py", "old": "a - b", "new": "a + b"}]})
FLOW = f"""\
kind: Adapter
metadata: {{name: small}}
spec: {{candidate: openai/scripted, limits: {{max_calls: LIMIT}}}}
---
kind: Pipeline
metadata: {{name: fix}}
spec:
  caps: [spawn, fs.read, fs.write, "llm:openai/*", CAPS]
  limits: {{timeout: 120}}
  nodes:
    fix: {{agent: {{task: add adds, evidence: {EVIDENCE}, candidates: [small], dry_run: true}}}}
"""


def asked(
    folder: Path, caps: str, *turns: Turn, limit: int = 9, more: tuple[str, ...] = ()
) -> Said:
    text = FLOW.replace("CAPS", caps).replace("LIMIT", str(limit))
    repo = repo_with(folder, {**BUGGY, "m.yaml": text})
    with scripted_openai(*turns) as endpoint:
        return hexci(repo, "run", "m.yaml", "--json", *more,
                     OPENAI_BASE_URL=endpoint.url, OPENAI_API_KEY="k" * 12)  # fmt: skip


def denied(folder: Path) -> list[tuple[str, str]]:
    listed = hexci(folder, "ps", "--denied", "--json").document["denials"]
    return sorted({(d["effect"], d["kind"]) for d in listed})


def test_an_agent_does_what_its_pipeline_grants_and_no_tool_more(tmp_path: Path) -> None:
    turns = (Turn(calls=[("search", {"pattern": "add"})]), Turn(calls=[FIX]))
    said = asked(tmp_path / "r", "net:127.0.0.1, tool:propose_edit", *turns)
    assert (said.exit_code, said.document["nodes"]["fix"]["outcome"]) == (0, "proposed"), said.err
    assert denied(tmp_path / "r") == [("tool:search", "denied")]


def test_an_endpoint_that_was_not_granted_is_not_reached(tmp_path: Path) -> None:
    said = asked(tmp_path / "r", "net:api.openai.com, tool", Turn(calls=[FIX]))
    assert (said.exit_code, said.document["outcome"]) == (3, "denied")
    assert denied(tmp_path / "r") == [("net:127.0.0.1", "denied")]


def test_limits_of_an_adapter_and_of_the_command_line_stop_before_the_next_call(
    tmp_path: Path,
) -> None:
    look = [Turn(calls=[("read_file", {"path": f"{n}.py"})]) for n in range(4)]
    caps = "net:127.0.0.1, tool"
    said = asked(tmp_path / "a", caps, *look, limit=2)
    assert (said.exit_code, said.document["outcome"]) == (4, "budget")
    assert "--max-calls 2 is reached" in json.dumps(said.document)
    said = asked(tmp_path / "b", caps, *look, more=("--limit", "max_tool_calls=1"))
    assert said.document["outcome"] == "budget"
    assert denied(tmp_path / "b") == [("tool:read_file", "limit")]
    said = asked(tmp_path / "c", caps, Turn(calls=[FIX]), Turn(text="no"), Turn(text="no"),
                 Turn(text="no"), more=("--limit", "max_lines=1"))  # fmt: skip
    assert said.exit_code == 4
    assert denied(tmp_path / "c") == [("spawn", "limit")]
