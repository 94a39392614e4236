"""What arrives on the two connections, however it is cut into pieces."""

import json
import socket
from pathlib import Path

import pytest

from hexci.adapters.forkserver.channel import Channel

HELLO = {"tests": ["t.py::test_a"]}


@pytest.mark.parametrize("together", [True, False])
def test_the_first_message_is_heard_even_if_it_comes_with_the_role(
    tmp_path: Path,
    together: bool,  # noqa: FBT001
) -> None:
    channel = Channel(tmp_path / "s")
    ends = [socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) for _ in range(2)]
    for end, role in zip(ends, ("cold", "warm"), strict=True):
        end.connect(str(tmp_path / "s"))
        hello = json.dumps(HELLO).encode() + b"\n" if role == "warm" else b""
        line = json.dumps({"role": role}).encode() + b"\n"
        for part in [line + hello] if together else [line[:4], line[4:], hello]:
            end.sendall(part)
    try:
        assert channel.accept(5.0, lambda: True) == HELLO
    finally:
        for end in ends:
            end.close()
        channel.close()
