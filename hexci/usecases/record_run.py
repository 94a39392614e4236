"""Keeping a run's record: begun before anything happens, ended exactly once."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from threading import RLock

from hexci.domain.canonical import Json, canonical, plain
from hexci.domain.journal import Journal
from hexci.domain.outcome import Outcome
from hexci.domain.plan import Plan
from hexci.domain.stored_run import about as about_run
from hexci.domain.stored_run import journal_of
from hexci.ports.clock import Clock
from hexci.ports.gateway import Denial
from hexci.ports.records import END, Landing, Records, StoredRun

RUN_SPAN = "run"
# Seconds after a run's own limit before another machine may call it lost: clocks differ.
_LEASE_MARGIN = 600.0


class Recorder:
    """The record of one run. `owner` names this process, for a sweeper to see if it lives.

    May be used by several threads.
    """

    def __init__(
        self, run: str, *, records: Records, clock: Clock, owner: Mapping[str, Json]
    ) -> None:
        self.run = run
        self._records = records
        self._clock = clock
        self._owner = dict(owner)
        self._journal = Journal()
        self._about: dict[str, Json] = {}
        self._pending: dict[str, bytes] = {}
        self._lock = RLock()

    def begin(self, plan: Plan) -> None:
        """Writes the first step. Raises ConflictError when this run is already recorded."""
        self._about = {
            "run": self.run,
            "status": "running",
            "event": plain(plan.event),
            "trust": plan.trust.value,
            "task": plan.task,
            "base_commit": plan.base_commit,
            "base_tree": plan.base_tree,
            "plan_digest": plan.digest,
            "config_digest": plan.config_digest,
            "owner": self._owner,
            "expires": _after(plan.event.at, _lease(plan)),
        }
        self.note("run.started", RUN_SPAN, event=plan.event.id, actor=plan.event.actor)
        files = {"plan.json": _document(plan), **self._standing_files()}
        self._records.begin(self.run, {**self._pending, **files}, "plan ok")
        self._pending = {}

    def take_up(self, stored: StoredRun, plan: Plan) -> None:
        """Goes on with a run of `plan` that ended without having come to its own end.

        Raises ConflictError when somebody else took it up first.
        """
        about = about_run(stored.files)
        kept = {name: value for name, value in about.items() if name not in {"outcome", "reason"}}
        expires = _after(self._clock.now(), _lease(plan))
        self._about = {**kept, "status": "running", "owner": self._owner, "expires": expires}
        self._journal = journal_of(stored.files)
        self.note("run.started", RUN_SPAN, resumed=True)
        self._records.step(self.run, self._standing_files(), "resume ok", after=stored.commit)

    def note(self, kind: str, span: str, **data: Json) -> None:
        """Adds an event; it reaches git with the next step."""
        with self._lock:
            self._journal = self._journal.add(kind, span, self._clock.now(), **data)

    def deny(self, denial: Denial) -> None:
        """Keeps what somebody wanted and could not have: it is worth reading."""
        self.note(
            denial.event, denial.who, verb=denial.verb, scope=denial.scope, reason=denial.reason
        )

    def put(self, name: str, content: bytes) -> None:
        """Adds a file; it reaches git with the next step."""
        with self._lock:
            self._pending[name] = content

    def step(self, subject: str, files: Mapping[str, bytes]) -> None:
        """Commits what happened so far with `files`."""
        with self._lock:
            everything = {**self._pending, **files, **self._standing_files()}
            self._records.step(self.run, everything, subject)
            self._pending = {}

    def end(
        self,
        outcome: Outcome,
        facts: Mapping[str, Json],
        files: Mapping[str, bytes] | None = None,
        landing: Landing | None = None,
    ) -> None:
        """The one end: closes what is open and commits, together with `landing` if there is one.

        When the landing is refused (ConflictError) the record is still open, and can be ended
        with another outcome.
        """
        about, journal = self._about, self._journal
        self._about = {**about, **facts, "status": "ended", "outcome": outcome.value}
        for span, what in reversed(journal.open_spans):
            status = outcome.value if span == RUN_SPAN else "abandoned"
            self.note(f"{what}.ended", span, status=status)
        try:
            everything = {**self._pending, **(files or {}), **self._standing_files()}
            self._records.step(self.run, everything, f"{END}{outcome}", landing)
        except BaseException:
            self._about, self._journal = about, journal
            raise

    def _standing_files(self) -> dict[str, bytes]:
        return {"run.json": _document(self._about), "events.ndjson": self._journal.text}


def _lease(plan: Plan) -> float:
    return 2 * plan.limits.timeout + _LEASE_MARGIN


def _after(at: str, seconds: float) -> str:
    moment = datetime.fromisoformat(at) + timedelta(seconds=seconds)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _document(value: object) -> bytes:
    return canonical(value) + b"\n"
