"""A scripted endpoint that speaks OpenAI's Responses, streamed, as the `codex` CLI asks for it."""

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@contextmanager
def scripted_responses(calls: Sequence[tuple[str, Mapping[str, Any]]]) -> Iterator[str]:
    """The address of an endpoint that makes one call a request, then says `done`."""
    asked: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.rfile.read(int(self.headers.get("content-length", "0"))))
            number = len(asked)
            item = _call(*calls[number - 1], number) if number <= len(calls) else _WORD
            self._send(200, b"".join(_stream(item, number)))

        def do_GET(self) -> None:
            self._send(404, b"")

        def _send(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("content-type", "text/event-stream")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


_WORD = {
    "type": "message", "id": "m", "role": "assistant",
    "content": [{"type": "output_text", "text": "done"}],
}  # fmt: skip


def _call(name: str, arguments: Mapping[str, Any], number: int) -> dict[str, Any]:
    return {
        "type": "function_call", "id": f"fc{number}", "call_id": f"call{number}", "name": name,
        "arguments": json.dumps(arguments),
    }  # fmt: skip


def _stream(item: Mapping[str, Any], number: int) -> Iterator[bytes]:
    usage = {"input_tokens": 10, "input_tokens_details": None, "output_tokens": 5,
             "output_tokens_details": None, "total_tokens": 15}  # fmt: skip
    identity = f"resp{number}"
    yield _event("response.created", response={"id": identity})
    yield _event("response.output_item.done", output_index=0, item=item)
    yield _event("response.completed", response={"id": identity, "usage": usage})


def _event(kind: str, **body: Any) -> bytes:
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **body})}\n\n".encode()
