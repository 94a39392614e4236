"""A scripted endpoint that speaks OpenAI's chat completions on loopback."""

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Turn:
    """What the endpoint answers once: text, native calls `(name, arguments)`, or a fault."""

    text: str = ""
    calls: Sequence[tuple[str, Any]] = ()
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None


@dataclass
class Endpoint:
    """The running endpoint: its address, and every request it was sent."""

    url: str
    requests: list[dict[str, Any]]
    keys: list[str]


def scripted_openai(*turns: Turn) -> AbstractContextManager[Endpoint]:
    """Answers the first request with the first turn, and so on; then with 500."""
    return acting_openai(
        lambda number, _: turns[number - 1] if number <= len(turns) else Turn(status=500)
    )


@contextmanager
def acting_openai(act: Callable[[int, dict[str, Any]], Turn]) -> Iterator[Endpoint]:
    """Answers each request with what `act` makes of its number (from 1) and its body."""
    requests: list[dict[str, Any]] = []
    keys: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers.get("content-length", "0"))
            requests.append(json.loads(self.rfile.read(length)))
            keys.append(self.headers.get("authorization", ""))
            number = len(requests)
            turn = act(number, requests[number - 1])
            body = turn.raw if turn.raw is not None else json.dumps(answer(turn, number)).encode()
            self.send_response(turn.status)
            for name, value in {"content-type": "application/json", **turn.headers}.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield Endpoint(f"http://127.0.0.1:{server.server_address[1]}/v1", requests, keys)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answer(turn: Turn, number: int) -> dict[str, Any]:
    """A chat completion in the form that the SDK expects."""
    if turn.status != 200:
        return {"error": {"message": "scripted fault", "type": "fault"}}
    message: dict[str, Any] = {"role": "assistant", "content": turn.text or None}
    if turn.calls:
        message["tool_calls"] = [
            {
                "id": f"call-{number}-{place}",
                "type": "function",
                "function": {
                    "name": name,
                    "arguments": given if isinstance(given, str) else json.dumps(given),
                },
            }
            for place, (name, given) in enumerate(turn.calls)
        ]
    return {
        "id": f"r{number}",
        "object": "chat.completion",
        "created": 0,
        "model": "scripted",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110},
    }
