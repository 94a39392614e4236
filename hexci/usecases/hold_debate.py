"""Keeping a debate: every message is checked against its talk, signed, chained and recorded."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from threading import RLock

from hexci.domain.canonical import Json, canonical, plain
from hexci.domain.debate.letter import ALL, Kind, Letter
from hexci.domain.debate.log import ROSTER, Log
from hexci.domain.debate.roles import CONDUCTOR, Role, to_vouch
from hexci.errors import ConflictError
from hexci.ports.clock import Clock
from hexci.ports.signing import Keyring, Signer


class Debate:
    """The log of one run. May be used by several threads.

    A run that is taken up again goes through the same talks from the beginning: what was said
    before is found in the log, and not said again. `voucher` is a key that outlives the run, if
    there is one: it answers for the roster.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        keyring: Keyring,
        keep: Callable[[bytes], None],
        log: Log | None = None,
        voucher: Signer | None = None,
    ) -> None:
        self.log = log or Log()
        self._before = self.log.letters
        self._clock = clock
        self._keyring = keyring
        self._keep = keep
        self._voucher = voucher
        self._signers: dict[str, Signer] = {}
        self._said: Counter[tuple[str, str, Kind]] = Counter()
        self._lock = RLock()

    @property
    def signed(self) -> bool:
        """Whether the agents of this run can sign."""
        return bool(self._signers)

    def enrol(self, roles: Sequence[Role]) -> None:
        """Makes a key pair for each role and writes the roster, vouched for where it can be."""
        enrolled: dict[str, Json] = {}
        for role in (Role(CONDUCTOR), *roles):
            pair = self._keyring.pair_for(role.name)
            if pair is not None:
                self._signers[role.name] = pair.signer
            enrolled[role.name] = replace(role, key=pair.public if pair else "").document()
        payload: dict[str, Json] = {"roles": enrolled}
        if self._voucher is not None:
            payload["vouched"] = self._voucher.sign(to_vouch(enrolled))
        with self._lock:
            self._take(CONDUCTOR, ALL, Kind.ROSTER, payload, ROSTER, ROSTER)

    def say(  # noqa: PLR0913, PLR0917 - the parts of a message
        self, sender: str, to: str, kind: Kind, payload: Mapping[str, Json], talk: str,
        protocol: str,
    ) -> Letter:  # fmt: skip
        """Says it once: the message, new or as it was said before this run was killed.

        Raises OutOfTurnError where the talk does not allow it, ConflictError where something
        else was said there before.
        """
        with self._lock:
            key = (talk, sender, kind)
            number = self._said[key]
            self._said[key] += 1
            known = [
                old for old in self._before
                if (old.meta.talk, old.sender, old.kind) == key
            ]  # fmt: skip
            if number < len(known):
                return _same(known[number], payload)
            return self._take(sender, to, kind, payload, talk, protocol)

    def said_before(self, talk: str) -> bool:
        """Whether `talk` was begun before this run was taken up."""
        return any(letter.meta.talk == talk for letter in self._before)

    def failed_before(self, sender: str, talk: str) -> Letter | None:
        """The failure that `sender` told in `talk` before the run was taken up; None: it did not.

        What failed then may not succeed now: the talk is over.
        """
        for letter in self._before:
            if (letter.sender, letter.meta.talk, letter.kind) == (sender, talk, Kind.FAILURE):
                return letter
        return None

    def _take(  # noqa: PLR0913, PLR0917
        self, sender: str, to: str, kind: Kind, payload: Mapping[str, Json], talk: str,
        protocol: str,
    ) -> Letter:  # fmt: skip
        letter = self.log.draft(sender, to, kind, payload, talk, protocol, self._clock.now())
        self.log.taking(letter)  # out of turn is told before anything is signed
        signer = self._signers.get(sender)
        if signer is not None:
            letter = replace(letter, signature=signer.sign(letter.body))
        self.log = self.log.taking(letter)
        self._keep(self.log.text)
        return letter


def _same(letter: Letter, payload: Mapping[str, Json]) -> Letter:
    if canonical(plain(dict(letter.payload))) != canonical(plain(dict(payload))):
        raise ConflictError(
            f"{letter.sender} said something else in {letter.meta.talk!r} before the run was taken "
            "up again",
            "Begin a new run.",
        )
    return letter
