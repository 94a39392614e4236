"""One message between agents: typed, signed, chained by digest to the one before."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hexci.domain.canonical import Json, canonical, digest
from hexci.domain.journal import GENESIS
from hexci.errors import BadInputError

# What the signatures of messages are made for, and for nothing else.
NAMESPACE = "hexci-message"
# To whom a message for all is addressed.
ALL = "*"


class Kind(StrEnum):
    """What a message does in its talk."""

    ROSTER = "roster"
    CALL = "call"
    ANSWER = "answer"
    TASK = "task"
    RESULT = "result"
    FAILURE = "failure"
    MOTION = "motion"
    VOTE = "vote"
    DECISION = "decision"
    PROPOSAL = "proposal"
    COUNTER = "counter"
    COMMIT = "commit"
    ABORT = "abort"


@dataclass(frozen=True, slots=True)
class Meta:
    """Where a message stands: its talk and protocol, number, time, and the id before it."""

    at: str
    talk: str
    protocol: str
    seq: int
    prev: str = GENESIS


@dataclass(frozen=True, slots=True)
class Letter:
    """A message. `signature` is over `body`; empty where nothing can sign."""

    sender: str
    to: str
    kind: Kind
    payload: Mapping[str, Json]
    meta: Meta
    signature: str = field(default="", compare=False)

    @property
    def body(self) -> bytes:
        """What is digested and signed."""
        return canonical(self._body())

    @property
    def id(self) -> str:
        """`sha256:…` of the body; the next message carries it."""
        return digest(self.body)

    @property
    def line(self) -> bytes:
        """The one line in `messages.ndjson`, without a line end."""
        return canonical({"id": self.id, **self._body(), "sig": self.signature})

    def _body(self) -> dict[str, Json]:
        meta = self.meta
        return {
            "from": self.sender,
            "to": self.to,
            "type": self.kind.value,
            "payload": dict(self.payload),
            "meta": {
                "at": meta.at,
                "talk": meta.talk,
                "protocol": meta.protocol,
                "seq": meta.seq,
                "prev": meta.prev,
            },
        }


def read_letters(text: bytes) -> tuple[Letter, ...]:
    """The messages of `messages.ndjson`. Raises BadInputError for a line that is none.

    An `id` that is not that of its line's content is a broken line as well.
    """
    *lines, rest = text.split(b"\n")
    if rest:
        raise BadInputError(f"message {len(lines) + 1} is cut off")
    return tuple(_letter(line, number) for number, line in enumerate(lines, 1))


def _letter(line: bytes, number: int) -> Letter:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadInputError(f"message {number} is not JSON: {error}") from error
    match value:
        case {
            "id": str(identity),
            "from": str(sender),
            "to": str(to),
            "type": str(kind),
            "payload": dict(payload),
            "meta": {
                "at": str(at),
                "talk": str(talk),
                "protocol": str(protocol),
                "seq": int(seq),
                "prev": str(prev),
            },
            "sig": str(signature),
        } if kind in {*Kind}:
            meta = Meta(at, talk, protocol, seq, prev)
            letter = Letter(sender, to, Kind(kind), payload, meta, signature)
            if letter.line == line and letter.id == identity:
                return letter
            raise BadInputError(f"message {number} was altered: its id is not that of its content")
    raise BadInputError(f"message {number} lacks a key, or is of a type we do not know")
