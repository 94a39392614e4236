"""The record of a pipeline's run: one commit a finished node, so that another can go on."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from hexci.domain.canonical import Json, canonical, plain
from hexci.domain.journal import Journal
from hexci.domain.law.narrowed import NOT_NARROWED, Narrowed, read_narrowed
from hexci.domain.manifests.context import RunContext
from hexci.domain.manifests.results import NodeResult, PipelineResult, Status
from hexci.domain.outcome import Outcome
from hexci.domain.stored_run import about, journal_of
from hexci.errors import BadInputError, ConflictError
from hexci.ports.clock import Clock
from hexci.ports.gateway import Denial
from hexci.ports.records import END, Records, StoredRun
from hexci.usecases.sweep_runs import LOST, IsAlive

RUN_SPAN = "run"
SUSPENDED = "suspended"
# Seconds for which a run is its owner's; renewed with every finished node.
_LEASE = 7_200.0


class PipelineRecorder:
    """Writes a run down. `owner` names this process, for a sweeper to see if it lives."""

    def __init__(
        self, run: str, *, records: Records, clock: Clock, owner: Mapping[str, Json]
    ) -> None:
        self.run = run
        self._records = records
        self._clock = clock
        self._owner = dict(owner)
        self._journal = Journal()
        self._about: dict[str, Json] = {}
        self._lock = Lock()

    def begin(  # noqa: PLR0913 - what a run is, and two things that are seldom said
        self,
        context: RunContext,
        name: str,
        inputs: Mapping[str, Json],
        manifest: bytes,
        *,
        kind: str = "pipeline",
        narrowed: Narrowed = NOT_NARROWED,
    ) -> None:
        """Writes the first step. Raises ConflictError when this run is already recorded."""
        self._about = {
            "run": self.run,
            "kind": kind,
            "status": "running",
            "task": f"{kind} {name}",
            "pipeline": name,
            "manifest": context.manifest,
            "manifest_digest": context.digest,
            "inputs": dict(inputs),
            "narrowed": plain(narrowed),
            "event": plain(context.event),
            "trust": context.trust.value,
            "base_commit": context.base_commit,
            "base_tree": context.base_tree,
            "parent": context.parent,
            "root": context.root or self.run,
            "attempt": context.attempt,
            "owner": self._owner,
        }
        self._note("run.started", RUN_SPAN, attempt=context.attempt, actor=context.event.actor)
        files = {"manifest.yaml": manifest, **self._standing()}
        self._records.begin(self.run, files, f"plan ok {name}")

    def take_over(self, stored: StoredRun, actor: str) -> int:
        """Makes a stored run this process's own; the number of the new attempt.

        Raises ConflictError when somebody else was faster.
        """
        self._about = about(stored.files)
        attempt = self._about.get("attempt")
        number = (attempt if isinstance(attempt, int) else 1) + 1
        # whoever was killed left starts without an end
        self._journal = journal_of(stored.files).close_all(self._clock.now(), LOST)
        self._about = {
            **{k: v for k, v in self._about.items() if k not in {"outcome", "reason", "seconds"}},
            "status": "running",
            "attempt": number,
            "owner": self._owner,
        }
        self._note("run.started", RUN_SPAN, attempt=number, actor=actor)
        self._records.step(self.run, self._standing(), f"resumed {number}", after=stored.commit)
        return number

    def started(self, node: str, attempt: int) -> None:
        """An attempt at a node begins; it reaches git with the next step."""
        if attempt == 1:
            self._note("node.started", node)

    def retried(self, node: str, attempt: int, outcome: Outcome, reason: str) -> None:
        """An attempt ended and another will be made."""
        self._note("node.retried", node, attempt=attempt, outcome=outcome.value, reason=reason)

    def ended(self, result: NodeResult, files: Mapping[str, bytes]) -> None:
        """Commits a node's end with what it left."""
        with self._lock:
            begun = (result.name, "node") in self._journal.open_spans
        kind = "node.ended" if begun else "node.skipped"
        self._note(kind, result.name, status=result.status.value, outcome=result.outcome.value,
                   reason=result.reason)  # fmt: skip
        folder = f"nodes/{result.name}"
        left = {f"{folder}/{name}": content for name, content in files.items()}
        left[f"{folder}/result.json"] = canonical(result) + b"\n"
        subject = f"{result.name} {result.status} {result.seconds * 1000:.0f}"
        self._records.step(self.run, {**left, **self._standing()}, subject)

    def denied(self, denial: Denial) -> None:
        """Something was wanted and could not be had."""
        self._note(denial.event, denial.who or RUN_SPAN, verb=denial.verb, scope=denial.scope,
                   reason=denial.reason)  # fmt: skip

    def end(self, outcome: Outcome, reason: str, result: PipelineResult | None = None) -> None:
        """The one end of this attempt: closes what is open and commits."""
        suspended = outcome is Outcome.SUSPENDED
        self._about |= {
            "status": SUSPENDED if suspended else "ended",
            "outcome": outcome.value,
            "reason": reason,
            "seconds": round(result.seconds, 3) if result else 0.0,
            "outputs": dict(result.outputs) if result else {},
        }
        with self._lock:
            spans = self._journal.open_spans
        for span, what in reversed(spans):
            status = outcome.value if span == RUN_SPAN else "abandoned"
            self._note(f"{what}.ended", span, status=status)
        self._records.step(self.run, self._standing(), f"{END}{outcome}")

    def _note(self, kind: str, span: str, **data: Json) -> None:
        with self._lock:
            self._journal = self._journal.add(kind, span, self._clock.now(), **data)

    def _standing(self) -> dict[str, bytes]:
        moment = datetime.fromisoformat(self._clock.now()) + timedelta(seconds=_LEASE)
        self._about["expires"] = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        with self._lock:
            text = self._journal.text
        return {"run.json": canonical(self._about) + b"\n", "events.ndjson": text}


@dataclass(frozen=True, slots=True)
class Resumable:
    """A stored run that can go on: what it was, and what of it is done."""

    stored: StoredRun
    pipeline: str
    manifest: str
    digest: str
    base_commit: str
    inputs: dict[str, Json]
    narrowed: Narrowed
    starter: str
    finished: tuple[NodeResult, ...]
    pending: tuple[str, ...]


def resumable(stored: StoredRun, *, clock: Clock, is_alive: IsAlive) -> Resumable:
    """What a run needs to go on.

    Raises ConflictError while its owner lives (or its lease lasts, on another machine), and
    BadInputError for a run that has ended or is none of a pipeline.
    """
    facts = about(stored.files)
    if facts.get("kind") != "pipeline":
        raise BadInputError(f"{stored.run} is no run of a pipeline", "See: hexci ps")
    _check_free(stored, facts, clock, is_alive)
    finished, pending = [], []
    for name, text in sorted(stored.files.items()):
        if name.startswith("nodes/") and name.endswith("/result.json"):
            result = _result(text, name)
            if result.handled or result.status in {Status.OK, Status.SKIPPED}:
                finished.append(result)
            else:
                pending.append(result.name)
    inputs = facts.get("inputs")
    return Resumable(
        stored,
        _text(facts, "pipeline"),
        _text(facts, "manifest"),
        _text(facts, "manifest_digest"),
        _text(facts, "base_commit"),
        inputs if isinstance(inputs, dict) else {},
        read_narrowed(facts.get("narrowed")),
        _starter(facts),
        tuple(finished),
        tuple(pending),
    )


def _starter(facts: Mapping[str, Json]) -> str:
    event = facts.get("event")
    actor = event.get("actor") if isinstance(event, dict) else ""
    return actor if isinstance(actor, str) else ""


def _check_free(
    stored: StoredRun, facts: Mapping[str, Json], clock: Clock, is_alive: IsAlive
) -> None:
    status, outcome = facts.get("status"), facts.get("outcome")
    if status == SUSPENDED or outcome == LOST:
        return
    if status == "ended":
        raise BadInputError(f"{stored.run} has ended: {outcome}", "Start it anew: hexci run …")
    owner = facts.get("owner")
    alive = is_alive(owner) if isinstance(owner, dict) else None
    expired = _text(facts, "expires") < clock.now()
    if alive or (alive is None and not expired):
        raise ConflictError(f"{stored.run} is under way elsewhere until {facts.get('expires')}")


def _result(text: bytes, name: str) -> NodeResult:
    try:
        body = json.loads(text)
        outputs = body["outputs"]
        if not isinstance(outputs, dict):
            raise TypeError("outputs")  # noqa: TRY301 - told as all that is wrong here
        return NodeResult(
            str(body["name"]), Status(body["status"]), Outcome(body["outcome"]), outputs,
            str(body["reason"]), float(body["seconds"]), int(body["attempts"]),
            bool(body["handled"]),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError) as error:
        raise BadInputError(f"{name} of the record cannot be read: {error!r}") from error


def _text(facts: Mapping[str, Json], name: str) -> str:
    value = facts.get(name, "")
    return value if isinstance(value, str) else ""
