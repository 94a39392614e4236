"""GitHub's REST interface over the standard library: retries within time, no redirects followed."""

import email.utils
import http.client
import json
import random
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from hexci import __version__
from hexci.errors import BadInputError, DeniedError
from hexci.ports.clock import Clock
from hexci.ports.forge import ForgeFault

_PAGE = 100
# GitHub allows no more than this on one listing; beyond it something is wrong with us
_MOST_PAGES = 300
_LARGEST = 32 * 1024 * 1024
_LOOPBACK = ("http://127.0.0.1:", "http://localhost:", "http://[::1]:")
# Seconds before the first, second, … next try of a call that failed by the platform's fault.
_BACKOFF = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0)


@dataclass(frozen=True, slots=True)
class Patience:
    """How calls wait. `total` seconds bound one call with all its tries, `each` a silent answer.

    `between_writes` are the seconds that GitHub asks clients to leave between two changes.
    """

    clock: Clock
    sleep: Callable[[float], None]
    total: float = 180.0
    between_writes: float = 1.0
    each: float = 30.0


class NotFound(ForgeFault):
    """There is no such thing, or the token may not see it."""


class Unprocessable(ForgeFault):
    """GitHub understood the request and says no (422)."""


class _Again(Exception):  # noqa: N818 - control flow between one try and the next
    def __init__(self, said: str, wait: float | None, *, perhaps: bool) -> None:
        super().__init__(said)
        self.said = said
        self.wait = wait
        self.perhaps = perhaps


class Client:
    """Calls of one token. Writes are never closer together than GitHub asks for."""

    def __init__(self, api: str, token: str, patience: Patience) -> None:
        if not api.startswith(("https://", *_LOOPBACK)):
            raise BadInputError(f"GITHUB_API_URL is {api!r}: only https is spoken")
        self._api = api.rstrip("/")
        self._token = token
        self._patience = patience
        self._opener = urllib.request.build_opener(_NoRedirect)
        self._last_write = float("-inf")

    def get(self, path: str) -> Any:
        """What is at `path`."""
        return self._call("GET", path, None, repeatable=True)

    def pages(self, path: str) -> Iterator[dict[str, Any]]:
        """Every item of a listing, page after page."""
        joint = "&" if "?" in path else "?"
        for page in range(1, _MOST_PAGES + 1):
            items = self.get(f"{path}{joint}per_page={_PAGE}&page={page}")
            if isinstance(items, dict):  # listings of checks and runs are wrapped
                items = next((v for v in items.values() if isinstance(v, list)), [])
            yield from items
            if len(items) < _PAGE:
                return

    def create(self, path: str, body: dict[str, Any]) -> Any:
        """POST: tried again only when it surely had no effect; else ForgeFault with `perhaps`."""
        return self._call("POST", path, body, repeatable=False)

    def put_again(self, path: str, body: dict[str, Any], method: str = "PATCH") -> Any:
        """A write that may be repeated, because doing it twice is doing it once."""
        return self._call(method, path, body, repeatable=True)

    def delete(self, path: str) -> None:
        """DELETE; what is gone already is fine."""
        try:
            self._call("DELETE", path, None, repeatable=True)
        except NotFound:
            return

    def _call(self, method: str, path: str, body: Any, *, repeatable: bool) -> Any:
        clock = self._patience.clock
        deadline = clock.monotonic() + self._patience.total
        perhaps = False
        for number, pause in enumerate((*_BACKOFF, None)):
            try:
                return self._once(method, path, body)
            except _Again as again:
                # the first lost answer of a creation ends it: only a look can tell what happened
                perhaps = perhaps or again.perhaps
                wait = again.wait if again.wait is not None else _jitter(pause)
                late = wait is None or clock.monotonic() + wait > deadline
                if late or (again.perhaps and not repeatable):
                    tries = f" after {number + 1} tries" if number else ""
                    raise ForgeFault(
                        f"GitHub did not do {method} {_bare(path)}{tries}: {again.said}",
                        "Run the job again; what was done is not done twice.",
                        perhaps=perhaps,
                    ) from again
                self._patience.sleep(wait or 0.0)
        raise AssertionError  # the last pause is None and always raises

    def _once(self, method: str, path: str, body: Any) -> Any:
        if method != "GET":
            self._leave_room()
        asked = urllib.request.Request(  # noqa: S310 - the scheme is checked
            f"{self._api}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Authorization": f"Bearer {self._token}",
                "Accept": "application/vnd.github+json",
                "Content-Type": "application/json",
                "X-GitHub-Api-Version": "2022-11-28",
                "User-Agent": f"hexci/{__version__}",
            },
        )
        try:
            with self._opener.open(asked, timeout=self._patience.each) as answer:
                text = answer.read(_LARGEST)
                return json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            with error:
                raise self._judged(error, method, path) from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            refused = isinstance(getattr(error, "reason", error), ConnectionRefusedError)
            raise _Again(f"{type(error).__name__}: {error}", None, perhaps=not refused) from error

    def _leave_room(self) -> None:
        clock = self._patience.clock
        wait = self._last_write + self._patience.between_writes - clock.monotonic()
        if wait > 0:
            self._patience.sleep(wait)
        self._last_write = clock.monotonic()

    def _judged(self, error: urllib.error.HTTPError, method: str, path: str) -> Exception:
        """What an answer that is no success means."""
        said = _said(error)
        what = f"{method} {_bare(path)}: {error.code} {said}"
        wait = _limited(error, said)
        if wait is not None:
            return _Again(f"rate limited ({said})", wait, perhaps=False)
        if error.code >= 500 or error.code == 408:
            return _Again(f"{error.code} {said}", _retry_after(error), perhaps=True)
        if error.code == 401:
            return ForgeFault(f"{what}", "The token is none, or it expired during the job.")
        if error.code == 403:
            needed = error.headers.get("x-accepted-github-permissions", "")
            hint = f"The job needs permissions: {needed}" if needed else _PERMISSIONS
            return DeniedError(what, hint)
        if error.code in {404, 410}:
            return NotFound(what, _PERMISSIONS)
        if error.code == 409:
            return _Again(what, None, perhaps=False)
        if error.code == 422:
            return Unprocessable(what)
        if 300 <= error.code < 400:
            return ForgeFault(what, "The repository moved; use its new name.")
        return ForgeFault(what)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the token to another host."""

    def redirect_request(self, *_: Any) -> None:
        return None


_PERMISSIONS = "See `permissions:` in the documentation of the Action."


def _said(error: urllib.error.HTTPError) -> str:
    try:
        body = json.loads(error.read(100_000))
        details = "; ".join(
            str(e.get("message") or e.get("code")) if isinstance(e, dict) else str(e)
            for e in body.get("errors", [])
        )
        return f"{body.get('message', '')}{f' ({details})' if details else ''}"[:500]
    except (OSError, http.client.HTTPException, ValueError, AttributeError):
        return error.reason


def _limited(error: urllib.error.HTTPError, said: str) -> float | None:
    """Seconds to wait when a rate limit said no, None when something else did."""
    if error.code not in {403, 429}:
        return None
    after = _retry_after(error)
    if after is not None:
        return after
    if error.headers.get("x-ratelimit-remaining") == "0":
        reset = error.headers.get("x-ratelimit-reset", "")
        here = email.utils.parsedate_to_datetime(error.headers["date"]).timestamp()
        return max(0.0, float(reset) - here) if reset.isdigit() else 60.0
    # GitHub's advice where a secondary limit names no time: a minute at least
    return 60.0 if error.code == 429 or "rate limit" in said.lower() else None


def _retry_after(error: urllib.error.HTTPError) -> float | None:
    value = error.headers.get("retry-after", "")
    return float(value) if value.isdigit() else None


def _jitter(seconds: float | None) -> float | None:
    return None if seconds is None else seconds * random.uniform(0.8, 1.2)  # noqa: S311 - spread


def _bare(path: str) -> str:
    return path.partition("?")[0]
