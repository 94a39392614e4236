"""An endpoint that says what it is told, and times how long its caller takes between replies."""

import json
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from hexci.domain.canonical import Json

Call = tuple[str, Mapping[str, Json]]


@dataclass(slots=True)
class ScriptedEndpoint:
    """One task's calls, told in order; `gaps` are the caller's seconds from reply to request."""

    calls: Sequence[Call]
    url: str = ""
    gaps: list[float] = field(default_factory=list)
    asked: int = 0
    _replied: float = 0.0

    def answer(self) -> bytes:
        """The next reply; after the last call a plain word."""
        now = time.perf_counter()
        if self.asked:
            self.gaps.append(now - self._replied)
        self.asked += 1
        return json.dumps(self._completion(self.asked)).encode()

    def replied(self) -> None:
        """The reply is on its way."""
        self._replied = time.perf_counter()

    def _completion(self, number: int) -> dict[str, Json]:
        message: dict[str, Json] = {"role": "assistant", "content": f"Step {number}."}
        if number <= len(self.calls):
            name, arguments = self.calls[number - 1]
            function: Json = {"name": name, "arguments": json.dumps(arguments)}
            call: Json = {"id": f"call-{number}", "type": "function", "function": function}
            message["tool_calls"] = [call]
        choice: Json = {"index": 0, "message": message, "finish_reason": "tool_calls"}
        usage: Json = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}
        return {"id": f"r{number}", "object": "chat.completion", "created": 0, "model": "scripted",
                "choices": [choice], "usage": usage}  # fmt: skip


@contextmanager
def scripted_endpoint(calls: Sequence[Call]) -> Iterator[ScriptedEndpoint]:
    """The endpoint on loopback while the block lasts."""
    script = ScriptedEndpoint(calls)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("content-length", "0")))
            body = script.answer()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            script.replied()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    script.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield script
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
