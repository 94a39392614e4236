"""The log of a debate: append-only, chained, and spoken in turn; or it is refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from hexci.domain.canonical import Json
from hexci.domain.debate.letter import ALL, Kind, Letter, Meta, read_letters
from hexci.domain.debate.protocols import OutOfTurnError, Talk, opened
from hexci.domain.debate.roles import CONDUCTOR, Role, roles_in
from hexci.domain.journal import GENESIS

ROSTER = "roster"
# The file of a run's record that holds it.
MESSAGES = "messages.ndjson"


@dataclass(frozen=True, slots=True)
class Log:
    """Messages that were taken, the roles of the last roster, and each talk as it stands.

    A roster may come again: a run that was killed goes on with new keys.
    """

    letters: tuple[Letter, ...] = ()
    roles: Mapping[str, Role] = field(default_factory=dict)
    talks: Mapping[str, Talk] = field(default_factory=dict)

    @property
    def head(self) -> str:
        """The id of the last message."""
        return self.letters[-1].id if self.letters else GENESIS

    @property
    def text(self) -> bytes:
        """The file `messages.ndjson`."""
        return b"".join(letter.line + b"\n" for letter in self.letters)

    def draft(  # noqa: PLR0913, PLR0917 - the parts of a message
        self, sender: str, to: str, kind: Kind, payload: Mapping[str, Json], talk: str,
        protocol: str, at: str,
    ) -> Letter:  # fmt: skip
        """The next message, not signed and not taken yet."""
        meta = Meta(at, talk, protocol, len(self.letters) + 1, self.head)
        return Letter(sender, to, kind, payload, meta)

    def taking(self, letter: Letter) -> "Log":
        """The log with `letter`. Raises OutOfTurnError when it does not belong there."""
        if letter.meta.seq != len(self.letters) + 1 or letter.meta.prev != self.head:
            raise OutOfTurnError("the chain is broken: it does not follow the message before")
        grown = replace(self, letters=(*self.letters, letter))
        if letter.kind is Kind.ROSTER:
            return replace(grown, roles=_roster(letter))
        for name in (letter.sender, letter.to):
            if name not in self.roles and name != ALL:
                raise OutOfTurnError(f"{name!r} is not on the roster")
        talk = self.talks.get(letter.meta.talk)
        now = opened(letter) if talk is None else talk.after(letter)
        return replace(grown, talks={**self.talks, letter.meta.talk: now})

    @property
    def open_talks(self) -> tuple[str, ...]:
        """Talks that nobody has ended yet."""
        return tuple(sorted(name for name, talk in self.talks.items() if not talk.closed))


def read_log(text: bytes) -> Log:
    """The log in `messages.ndjson`.

    Raises BadInputError for what is no message or was altered, OutOfTurnError (naming the
    message) where the chain is broken or somebody spoke out of turn.
    """
    log = Log()
    for letter in read_letters(text):
        try:
            log = log.taking(letter)
        except OutOfTurnError as error:
            raise OutOfTurnError(f"message {len(log.letters) + 1}: {error}") from error
    return log


def _roster(letter: Letter) -> Mapping[str, Role]:
    if letter.sender != CONDUCTOR or letter.to != ALL or letter.meta.protocol != ROSTER:
        raise OutOfTurnError(f"{letter.sender} may not write the roster")
    roles = roles_in(letter.payload)
    if isinstance(roles, str):
        raise OutOfTurnError(roles)
    known = {role.name: role for role in roles}
    if CONDUCTOR not in known:
        raise OutOfTurnError("the roster lacks the conductor")
    return known
