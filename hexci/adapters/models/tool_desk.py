"""Our tools over MCP's HTTP transport, on loopback, for an agent that we started ourselves.

Answered by this very process, so budget, gate and record are the run's own. A secret in the path
keeps other users of the machine out.
"""

import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from hexci.domain.agent.conversation import ToolCall
from hexci.domain.canonical import Json
from hexci.ports.delegate import Commission

_MOST = 8 * 2**20
_VERSION = "2025-06-18"


@contextmanager
def tool_desk(commission: Commission) -> Iterator[str]:
    """The address of the desk while the block lasts."""
    path = f"/{secrets.token_urlsafe(24)}"
    turn = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            body = self.rfile.read(min(length, _MOST))
            if not secrets.compare_digest(self.path.encode(), path.encode()):
                return self._send(404, b"")
            with turn:
                reply = answered(body, commission)
            if reply is None:
                return self._send(202, b"")
            return self._send(200, json.dumps(reply).encode())

        def do_GET(self) -> None:
            self._send(405, b"")

        def _send(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{path}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answered(body: bytes, commission: Commission) -> dict[str, Json] | None:
    """The reply to one JSON-RPC message; None for a notification."""
    try:
        message = json.loads(body)
    except (ValueError, RecursionError):
        return _error(None, -32700, "not JSON")
    if not isinstance(message, dict) or "id" not in message:
        return None
    given = message.get("params")
    parameters: dict[str, Json] = given if isinstance(given, dict) else {}
    match message.get("method"):
        case "initialize":
            result = _greeting(parameters)
        case "tools/list":
            result = _tools(commission)
        case "tools/call":
            result = _called(parameters, commission)
        case "ping":
            result = {}
        case other:
            return _error(message["id"], -32601, f"no method {other}")
    return {"jsonrpc": "2.0", "id": message["id"], "result": result}


def _greeting(parameters: dict[str, Json]) -> dict[str, Json]:
    return {
        "protocolVersion": parameters.get("protocolVersion") or _VERSION,
        "capabilities": {"tools": {}},
        "serverInfo": {"name": "hexci", "version": "1"},
    }


def _tools(commission: Commission) -> dict[str, Json]:
    tools: list[Json] = [
        {"name": t.name, "description": t.description, "inputSchema": dict(t.parameters)}
        for t in commission.tools
    ]
    return {"tools": tools}


def _called(parameters: dict[str, Json], commission: Commission) -> dict[str, Json]:
    given = parameters.get("arguments")
    arguments: dict[str, Json] = given if isinstance(given, dict) else {}
    text = commission.answer(ToolCall("mcp", str(parameters.get("name")), arguments))
    return {"content": [{"type": "text", "text": text}], "isError": False}


def _error(identity: Json, code: int, said: str) -> dict[str, Json]:
    return {"jsonrpc": "2.0", "id": identity, "error": {"code": code, "message": said}}
