"""git's own `http-backend` on loopback: a real remote that asks for a token."""

import base64
import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from fakes.repositories import git


@dataclass
class GitServer:
    """Where it is, who may do what, and what goes wrong next."""

    url: str
    folder: Path
    writers: set[str] = field(default_factory=set)
    readers: set[str] = field(default_factory=set)
    # statuses to answer instead, one request each; None lets a request through
    faults: list[int | None] = field(default_factory=list)
    # the answer to this many pushes is lost after they took effect
    lost_pushes: int = 0

    @property
    def bare(self) -> Path:
        """The repository itself."""
        return self.folder / "octo/app.git"

    def refs(self, prefix: str = "refs/") -> dict[str, str]:
        """Refs and what they point to."""
        listed = git(self.bare, "for-each-ref", "--format=%(refname) %(objectname)", prefix)
        pairs = (line.split(" ", 1) for line in listed.splitlines())
        return dict((ref, sha) for ref, sha in pairs)  # noqa: C402 - typed


class _Handler(BaseHTTPRequestHandler):
    server_state: GitServer

    def _serve(self) -> None:
        state = self.server_state
        sent = self._sent()
        fault = state.faults.pop(0) if state.faults else None
        if fault:
            return self._say(fault)
        path, _, query = self.path.partition("?")
        writes = "git-receive-pack" in self.path
        token = self._token()
        if token not in state.writers | state.readers:
            return self._say(401)
        if writes and token not in state.writers:
            return self._say(403)
        done = subprocess.run(
            ["git", "http-backend"],
            input=sent, capture_output=True, check=True,
            env={
                "PATH": os.environ["PATH"], "GIT_PROJECT_ROOT": str(state.folder),
                "GIT_HTTP_EXPORT_ALL": "1", "PATH_INFO": path, "QUERY_STRING": query,
                "REQUEST_METHOD": self.command, "REMOTE_USER": "x", "REMOTE_ADDR": "127.0.0.1",
                "CONTENT_TYPE": self.headers.get("content-type", ""),
                "CONTENT_LENGTH": str(len(sent)),
                "HTTP_CONTENT_ENCODING": self.headers.get("content-encoding", ""),
                "GIT_PROTOCOL": self.headers.get("git-protocol", ""),
                "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null",
            },
        )  # fmt: skip
        if path.endswith("/git-receive-pack") and state.lost_pushes:
            state.lost_pushes -= 1
            return self._say(502)
        return self._pass_on(done.stdout)

    def _sent(self) -> bytes:
        if self.headers.get("transfer-encoding", "") == "chunked":
            parts = []
            while size := int(self.rfile.readline().strip() or b"0", 16):
                parts.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(parts)
        return self.rfile.read(int(self.headers.get("content-length", "0")))

    def _token(self) -> str:
        kind, _, value = self.headers.get("authorization", "").partition(" ")
        if kind.lower() != "basic":
            return ""
        return base64.b64decode(value).decode().partition(":")[2]

    def _pass_on(self, answer: bytes) -> None:
        head, _, body = answer.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        self.send_response(int(headers.pop("Status", "200").split()[0]))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _say(self, status: int) -> None:
        self.send_response(status)
        if status == 401:
            self.send_header("WWW-Authenticate", 'Basic realm="x"')
        self.send_header("content-length", "0")
        self.end_headers()

    do_GET = do_POST = _serve  # noqa: N815 - http.server's names

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def git_server(folder: Path, origin: Path) -> Iterator[GitServer]:
    """Serves a bare clone of `origin` as `octo/app.git` until the block ends."""
    state = GitServer("", folder)
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "clone", "-q", "--bare", str(origin), str(state.bare))
    git(state.bare, "config", "http.receivepack", "true")
    git(state.bare, "config", "uploadpack.allowAnySHA1InWant", "true")
    handler = type("Handler", (_Handler,), {"server_state": state})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
