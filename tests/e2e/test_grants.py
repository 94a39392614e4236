"""A command-line agent has neither network nor keys, unless a person grants them."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fakes.command_line import EVIDENCE, Said, buggy_repo, hexci
from fakes.parts import codex_program
from fakes.repositories import fingerprint
from fakes.responses_server import scripted_responses

pytestmark = pytest.mark.slow
KEY = "sk-canary-granted"
# connects, then mends the code; without a connection it fails
AGENT = 'cmd:bash -c "(exec 9<>/dev/tcp/127.0.0.1/{port}) && test -n \\"$MODEL_KEY\\" && sed -i s/-/+/ calc.py"'  # noqa: E501


@contextmanager
def listener() -> Iterator[int]:
    """A port of this machine that takes connections."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            try:
                while True:
                    listening.accept()[0].close()
            except OSError:
                return

        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1]


def run(repo: Path, *more: str) -> Said:
    with listener() as port:
        return hexci(
            repo, "do", "--evidence", EVIDENCE, "--candidate", AGENT.format(port=port), "--json",
            *more, MODEL_KEY=KEY,
        )  # fmt: skip


def test_without_a_grant_there_is_no_network_and_no_key(tmp_path: Path) -> None:
    repo = buggy_repo(tmp_path / "r")
    before = fingerprint(repo)
    said = run(repo)
    assert said.document["outcome"] == "model_error", said.out
    assert fingerprint(repo) == before


def test_one_grant_does_not_bring_the_other(tmp_path: Path) -> None:
    assert run(buggy_repo(tmp_path / "a"), "--grant", "net").exit_code == 7
    assert run(buggy_repo(tmp_path / "b"), "--grant", "secret:MODEL_KEY").exit_code == 7


def test_what_was_granted_is_had_and_recorded_by_name_only(tmp_path: Path) -> None:
    repo = buggy_repo(tmp_path / "r")
    said = run(repo, "--grant", "net", "--grant", "secret:MODEL_KEY")
    assert said.document["outcome"] == "committed", said.out + said.err
    transcript = hexci(repo, "show", "last", "--log", "candidate-1/transcript.ndjson").out
    assert '"granted":["net","secret:MODEL_KEY"]' in transcript
    assert KEY not in said.out + said.err + transcript


def test_a_granted_variable_that_is_not_set_is_told(tmp_path: Path) -> None:
    said = run(buggy_repo(tmp_path / "r"), "--grant", "secret:OTHER_KEY")
    assert (said.document["outcome"], said.exit_code) == ("bad_input", 2), said.out
    assert "OTHER_KEY is granted, but not set" in said.out


def test_the_real_codex_works_with_what_was_granted(tmp_path: Path) -> None:
    codex = codex_program()
    with scripted_responses([("exec_command", {"cmd": "sed -i s/-/+/ calc.py"})]) as url:
        provider = f'{{name="stub",base_url="{url}",env_key="MODEL_KEY",wire_api="responses"}}'
        agent = (
            "cmd:codex exec --dangerously-bypass-approvals-and-sandbox -m gpt-5 "
            f"-c 'model_providers.stub={provider}' -c model_provider=stub"
        )
        said = hexci(
            buggy_repo(tmp_path / "r"), "do", "add", "--evidence", EVIDENCE, "--json",
            "--candidate", agent, "--grant", "net", "--grant", "secret:MODEL_KEY",
            MODEL_KEY=KEY, PATH=f"{codex.parent}:{os.environ['PATH']}",
        )  # fmt: skip
    assert said.document["outcome"] == "committed", said.out + said.err
