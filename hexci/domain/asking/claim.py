"""Who works on an event: exactly one job, known to all, also after that job was killed."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from hexci.domain.asking.commands import AdrVerb, Command, Verb
from hexci.domain.canonical import Json, canonical
from hexci.domain.plan import Mode
from hexci.errors import BadInputError


class ClaimState(StrEnum):
    """How far it got. Only `open` and `landing` can be taken over; `stopped` never lands."""

    OPEN = "open"
    LANDING = "landing"
    WAITING = "waiting"
    STOPPED = "stopped"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Claim:
    """One event and what became of it.

    `slug` is the thread (`issue-12`) or the kind of event; `asked` the packed command; `head` the
    commit it is bound to; `workflow_run` and `workflow_attempt` name the job that holds it;
    `tries` counts jobs; `expires` is when a silent job is given up. `usd` was spent by it, `said`
    is what was answered.
    """

    key: str
    slug: str
    verb: str
    asked: str
    actor: str
    actor_id: int
    at: str
    head: str
    workflow_run: str
    workflow_attempt: int
    expires: str
    state: ClaimState = ClaimState.OPEN
    tries: int = 1
    outcome: str = ""
    run: str = ""
    pull: int = 0
    pull_url: str = ""
    usd: float = 0.0
    said: str = ""

    @property
    def name(self) -> str:
        """Its place below `refs/hexci/locks`: by day, by thread, by event."""
        return claim_name(self.key, self.slug, self.at)

    @property
    def command(self) -> Command:
        """The command that the event asked for. Raises BadInputError for what is none."""
        return unpack(self.asked)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will be done for the event by itself."""
        return self.state in {ClaimState.DONE, ClaimState.STOPPED, ClaimState.WAITING}

    def may_be_taken(self, workflow_run: str, attempt: int, now: str) -> bool:
        """Whether another job may go on with it: the same one run again, or its time is over."""
        if self.is_over:
            return False
        again = self.workflow_run == workflow_run and attempt > self.workflow_attempt
        return again or self.expires < now

    def taken(self, workflow_run: str, attempt: int, expires: str) -> "Claim":
        """The claim in the hands of another job."""
        return replace(
            self,
            state=ClaimState.OPEN,
            workflow_run=workflow_run,
            workflow_attempt=attempt,
            expires=expires,
            tries=self.tries + 1,
        )

    def document(self) -> dict[str, Json]:
        """As it is stored."""
        return {**asdict(self), "state": self.state.value}


def claim_name(key: str, slug: str, at: str) -> str:
    """The place of the claim on an event; a pure function of the event."""
    mark = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return f"events/{at[:10].replace('-', '')}/{slug}/{mark}"


def read_claim(stored: Mapping[str, Json]) -> Claim:
    """A claim as it was stored. Anybody with write access may have stored it: BadInputError."""
    fields = Claim.__dataclass_fields__
    try:
        known = {name: stored[name] for name in fields}
        claim = Claim(**{**known, "state": ClaimState(str(stored["state"]))})  # type: ignore[arg-type]
    except (KeyError, ValueError, TypeError) as error:
        raise BadInputError(f"a stored claim cannot be read: {error!r}") from error
    kinds = {name: type(getattr(_EXAMPLE, name)) for name in fields}
    wrong = [n for n, kind in kinds.items() if not _is(getattr(claim, n), kind)]
    if wrong:
        raise BadInputError(f"a stored claim cannot be read: {', '.join(wrong)}")
    return claim


def pack(command: Command) -> str:
    """A command as a claim keeps it."""
    return canonical(command).decode("utf-8", "replace")


def unpack(text: str) -> Command:
    """A packed command. Raises BadInputError for what is none."""
    try:
        fields = json.loads(text)
        adr_verb = fields["adr_verb"]
        return Command(
            verb=Verb(fields["verb"]),
            line=str(fields["line"]),
            text=str(fields["text"]),
            evidence=None if fields["evidence"] is None else str(fields["evidence"]),
            files=tuple(str(path) for path in fields["files"]),
            candidates=tuple(str(spec) for spec in fields["candidates"]),
            mode=Mode(fields["mode"]),
            adr_verb=None if adr_verb is None else AdrVerb(adr_verb),
            target=str(fields["target"]),
        )
    except (KeyError, ValueError, TypeError, RecursionError) as error:
        raise BadInputError(f"a stored command cannot be read: {error!r}") from error


def later(now: str, seconds: float) -> str:
    """A moment `seconds` after `now`, in the same form."""
    moment = datetime.fromisoformat(now) + timedelta(seconds=seconds)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _is(value: object, kind: type) -> bool:
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, kind) and not (kind is int and isinstance(value, bool))


_EXAMPLE = Claim("k", "s", "do", "l", "a", 1, "2026-01-02T03:04:05Z", "h", "1", 1, "e")
