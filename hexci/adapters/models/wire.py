"""HTTP to a model's endpoint: one kept connection, one deadline for the whole call.

The standard library is enough here: requests are never streamed, retries and budgets are ours, and
an SDK costs 0.5 to 3 s and 60 to 100 MB at start-up.
"""

import os
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

from hexci.errors import BadInputError
from hexci.ports.model import ModelFault

_MOST = 32 * 2**20


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whatever its status."""

    status: int
    headers: Message
    body: bytes


class Wire:
    """Posts to paths below `base`; redirects are never followed: they would carry the key away."""

    def __init__(self, base: str, headers: Mapping[str, str]) -> None:
        self._connection: HTTPConnection | None = None
        parts = urlsplit(base)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise BadInputError(f"{base!r} is not the address of an endpoint")
        self._parts = parts
        self._headers = {"content-type": "application/json", "accept": "application/json",
                         "user-agent": "hexci", **headers}  # fmt: skip

    def __del__(self) -> None:
        if self._connection is not None:
            self._connection.close()

    def post(self, path: str, body: bytes, timeout: float) -> Answer:
        """The answer to one request, within `timeout` seconds. Raises ModelFault without one."""
        late = threading.Event()
        connection = self._connection or self._connect(timeout)
        self._connection = None
        connection.sock.settimeout(timeout)
        watchdog = threading.Timer(timeout, _hang_up, (connection.sock, late))
        watchdog.daemon = True
        watchdog.start()
        try:
            connection.request("POST", self._parts.path.rstrip("/") + path, body, self._headers)
            response = connection.getresponse()
            content = response.read(_MOST)
            answer = Answer(response.status, response.headers, content)
            if late.is_set():
                raise TimeoutError
        except (OSError, HTTPException) as error:
            connection.close()
            raise _fault(error, late=late.is_set()) from error
        finally:
            watchdog.cancel()
        if response.will_close:
            connection.close()
        else:
            self._connection = connection
        return answer

    def _connect(self, timeout: float) -> HTTPConnection:
        secure = self._parts.scheme == "https"
        kind = HTTPSConnection if secure else HTTPConnection
        host, port = str(self._parts.hostname), self._parts.port or (443 if secure else 80)
        proxy = _proxy(self._parts.scheme, host)
        if proxy is not None:
            connection = kind(str(proxy.hostname), proxy.port or 3128, timeout=timeout)
            connection.set_tunnel(host, port)
        else:
            connection = kind(host, port, timeout=timeout)
        try:
            connection.connect()
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except (OSError, HTTPException) as error:
            said = f"no connection to {host}:{port}: {error}"
            raise ModelFault(said, "Is the endpoint up?", again=True) from error
        return connection


def _hang_up(wire: socket.socket, late: threading.Event) -> None:
    late.set()
    with suppress(OSError):
        wire.shutdown(socket.SHUT_RDWR)


def _fault(error: Exception, *, late: bool) -> ModelFault:
    if late or isinstance(error, TimeoutError):
        return ModelFault("the endpoint did not answer in time", again=True, charged=True)
    said = str(error) or type(error).__name__
    return ModelFault(f"the connection broke: {said}", again=True, charged=True)


def _proxy(scheme: str, host: str) -> SplitResult | None:
    """The proxy of the environment, split; None where there is none or `host` goes round it."""
    if not any(name.lower() == f"{scheme}_proxy" for name in os.environ):
        return None
    from urllib.request import getproxies, proxy_bypass  # noqa: PLC0415 - 15 ms few need

    address = getproxies().get(scheme)
    return urlsplit(address) if address and not proxy_bypass(host) else None
