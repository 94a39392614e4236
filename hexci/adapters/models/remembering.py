"""A model whose replies are kept in the run's own record: a killed run asks for none twice."""

import json
from collections import Counter
from threading import Lock

from hexci.adapters.models.cassette import (
    Recordable,
    asked_of,
    reply_in,
    secrets_of_environment,
    without_secrets,
)
from hexci.domain.agent.conversation import Reply, Request
from hexci.domain.canonical import canonical, digest, plain
from hexci.ports.shelf import Shelf

_FORM = 1


class Remembering:
    """Passes a call on unless this run has its reply already.

    A request is known by who asks, what is said and which tools there are; not by the tokens
    allowed, which depend on what else was asked meanwhile. The same question asked again by the
    same agent is another question.
    """

    def __init__(self, model: Recordable, shelf: Shelf, who: str) -> None:
        self._model = model
        self._shelf = shelf
        self._who = who
        self._secrets = secrets_of_environment()
        self._times: Counter[str] = Counter()
        self._lock = Lock()

    @property
    def name(self) -> str:
        """The SPEC of the model behind it."""
        return self._model.name

    def complete(self, request: Request) -> Reply:
        """The reply that was paid for before, or a new one, kept before it is used."""
        asked = without_secrets(asked_of(self.name, request), self._secrets)
        assert isinstance(asked, dict)  # noqa: S101 - asked_of makes an object
        asked.pop("max_output", None)
        key = digest(canonical({"who": self._who, "asked": asked}))
        with self._lock:
            name = f"{key.removeprefix('sha256:')[:40]}-{self._times[key]}"
        known = self._shelf.take(name)
        if known is not None:
            self._had(key)
            return reply_in(json.loads(known)["reply"])
        reply = self._model.complete(request)
        self._had(key)
        document = {"form": _FORM, "by": self.name, "who": self._who, "request": asked,
                    "reply": without_secrets(plain(reply), self._secrets)}  # fmt: skip
        self._shelf.keep(name, canonical(document) + b"\n")
        return reply

    def _had(self, key: str) -> None:
        """Counts replies, not tries: a call that failed is asked again under its own name."""
        with self._lock:
            self._times[key] += 1
