"""Checks that remember: findings and decisions followed from run to run, where a node says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hexci.domain.canonical import Json
from hexci.domain.finding import Report
from hexci.domain.machine import Move
from hexci.ports.clock import Clock
from hexci.ports.doer import Task
from hexci.usecases.doers.arguments import flag
from hexci.usecases.move_entity import Registry
from hexci.usecases.track_sightings import Sighting, track_findings, track_states


@dataclass(frozen=True, slots=True)
class Followed:
    """A report without what people dismissed; outputs and troubles beside it."""

    report: Report
    outputs: Mapping[str, Json] = field(default_factory=dict)
    troubles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Memory:
    """Where sightings are kept."""

    registry: Registry
    clock: Clock

    def findings(self, report: Report, task: Task) -> Followed:
        """With `track`: new findings open, absent ones are fixed, dismissed ones do not count."""
        if not flag(task.arguments, "track"):
            return Followed(report)
        found: dict[str, Mapping[str, Json]] = {
            f.fingerprint: {"rule": f.rule, "path": f.path, "message": f.message[:300]}
            for f in report.findings
        }
        tracked = track_findings(
            found, self._source(task), self._move(task), self.registry, task.gateway
        )
        outputs: dict[str, Json] = {
            "new": len(tracked.new) + len(tracked.moved) - len(tracked.gone),
            "fixed": len(tracked.gone),
            "dismissed": len(tracked.dismissed),
        }
        return Followed(report.without(tracked.dismissed), outputs)

    def decisions(self, statuses: Mapping[str, str], task: Task) -> tuple[str, ...]:
        """Decisions whose status went where no step of the ledger leads; all others follow."""
        found = {name: Sighting(name, state, {}) for name, state in statuses.items()}
        move = self._move(task)
        return track_states(found, "adr", move, self.registry, task.gateway).refused

    def _source(self, task: Task) -> str:
        pipeline = task.context.manifest.rpartition("#")[2]
        return f"{pipeline}/{task.node}"

    def _move(self, task: Task) -> Move:
        context = task.context
        why = f"seen at {context.base_commit[:12]}"
        return Move("", context.event.actor, self.clock.now(), why, context.run)
