"""Another agent's view of hexci: real messages over the pipes of the real verb."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from fakes.command_line import EVIDENCE, buggy_repo, environment, hexci_argv
from fakes.repositories import commit, fingerprint

pytestmark = pytest.mark.slow
HELLO = {
    "protocolVersion": "2025-06-18",
    "capabilities": {},
    "clientInfo": {"name": "test", "version": "1"},
}


class Peer:
    """The other side of the pipes."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self._number = 0

    def ask(self, method: str, **params: Any) -> Any:
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        assert self._process.stdout is not None
        while line := self._process.stdout.readline():
            message = json.loads(line)
            if message.get("id") == self._number:
                return message
        raise AssertionError("the server hung up")

    def tell(self, method: str) -> None:
        self._send({"method": method})

    def call(self, name: str, **arguments: Any) -> Any:
        return self.ask("tools/call", name=name, arguments=arguments)

    def _send(self, message: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
        self._process.stdin.flush()


def conversation(repo: Path, profile: str, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """The names of the tools, then the answer to each call."""
    with subprocess.Popen(
        hexci_argv("mcp", "--profile", profile), cwd=repo, env=environment(), text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        peer = Peer(process)
        peer.ask("initialize", **HELLO)
        peer.tell("notifications/initialized")
        tools = [tool["name"] for tool in peer.ask("tools/list")["result"]["tools"]]
        answers = [peer.call(name, **arguments) for name, arguments in calls]
        assert process.stdin is not None
        process.stdin.close()
        process.wait(30)
    return [tools, *answers]


def test_readers_can_read_and_nothing_else(tmp_path: Path) -> None:
    repo = buggy_repo(tmp_path / "r")
    before = fingerprint(repo)
    tools, read, outside, do = conversation(
        repo,
        "read",
        ("read_file", {"path": "calc.py"}),
        ("read_file", {"path": "/etc/passwd"}),
        ("do", {"task": "x", "evidence": EVIDENCE}),
    )
    assert "do" not in tools
    assert "gate" not in tools
    assert "return a - b" in json.dumps(read)
    assert "there is no file" in json.dumps(outside)
    assert "committed" not in json.dumps(do)
    assert fingerprint(repo) == before


def test_modifiers_can_have_work_done(tmp_path: Path) -> None:
    repo = buggy_repo(tmp_path / "r")
    tools, done = conversation(
        repo, "modify", ("do", {"task": "fix it", "evidence": EVIDENCE, "candidate": "repair"})
    )
    assert {"read_file", "gate", "do"} <= set(tools)
    assert "collect_garbage" not in tools
    assert json.loads(done["result"]["content"][0]["text"])["outcome"] == "committed"


def test_executors_can_have_a_change_judged(tmp_path: Path) -> None:
    repo = buggy_repo(tmp_path / "r")
    commit(repo, {"calc.py": "def add(a, b):\n    return a + b\n"})
    _, judged = conversation(repo, "execute", ("gate", {"base": "HEAD~1", "evidence": EVIDENCE}))
    assert json.loads(judged["result"]["content"][0]["text"])["outcome"] == "ok"
