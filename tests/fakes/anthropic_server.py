"""A scripted endpoint that speaks Anthropic's Messages on loopback, streamed when asked."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from fakes.openai_server import Endpoint, Turn


@contextmanager
def scripted_anthropic(*turns: Turn) -> Iterator[Endpoint]:
    """Answers the first request with the first turn, and so on; then with a plain `done`."""
    requests: list[dict[str, Any]] = []
    keys: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers.get("content-length", "0"))))
            if not self.path.partition("?")[0].endswith("/v1/messages"):
                return self._send(404, b"{}", "application/json")
            requests.append(asked)
            keys.append(self.headers.get("x-api-key", ""))
            number = len(requests)
            turn = turns[number - 1] if number <= len(turns) else Turn(text="done")
            if turn.status != 200:
                fault = {"type": "error", "error": {"type": "fault", "message": "scripted fault"}}
                return self._send(turn.status, json.dumps(fault).encode(), "application/json")
            message = answer(turn, number)
            if asked.get("stream"):
                return self._send(200, b"".join(events(message)), "text/event-stream")
            return self._send(200, turn.raw or json.dumps(message).encode(), "application/json")

        def do_HEAD(self) -> None:
            self._send(200, b"", "text/plain")

        def _send(self, status: int, body: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield Endpoint(f"http://127.0.0.1:{server.server_address[1]}", requests, keys)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answer(turn: Turn, number: int) -> dict[str, Any]:
    """A whole message."""
    blocks: list[dict[str, Any]] = [{"type": "text", "text": turn.text}] if turn.text else []
    blocks += [
        {"type": "tool_use", "id": f"toolu_{number}_{place}", "name": name, "input": given}
        for place, (name, given) in enumerate(turn.calls)
    ]
    return {
        "id": f"msg_{number}", "type": "message", "role": "assistant", "model": "scripted",
        "content": blocks, "stop_reason": "tool_use" if turn.calls else "end_turn",
        "stop_sequence": None, "usage": {"input_tokens": 100, "output_tokens": 10},
    }  # fmt: skip


def events(message: dict[str, Any]) -> Iterator[bytes]:
    """The message as server-sent events."""
    yield _event("message_start", message={**message, "content": [], "stop_reason": None})
    for index, block in enumerate(message["content"]):
        if block["type"] == "text":
            empty, delta = {**block, "text": ""}, {"type": "text_delta", "text": block["text"]}
        else:
            empty = {**block, "input": {}}
            delta = {"type": "input_json_delta", "partial_json": json.dumps(block["input"])}
        yield _event("content_block_start", index=index, content_block=empty)
        yield _event("content_block_delta", index=index, delta=delta)
        yield _event("content_block_stop", index=index)
    stop = {"stop_reason": message["stop_reason"], "stop_sequence": None}
    yield _event("message_delta", delta=stop, usage={"output_tokens": 10})
    yield _event("message_stop")


def _event(kind: str, **body: Any) -> bytes:
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **body})}\n\n".encode()
