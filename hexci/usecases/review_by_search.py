"""Lenses that need no model: a search runs beside the tests and brings input that breaks."""

import json
from dataclasses import dataclass

from hexci.domain.canonical import Json
from hexci.domain.evidence import EvidenceSpec
from hexci.domain.review.claim import Claim, LensReport, LensStatus
from hexci.domain.review.writing import claim_of
from hexci.ports.clock import Clock
from hexci.ports.lens import Scene
from hexci.ports.progress import Progress
from hexci.ports.rooms import Rooms
from hexci.ports.runner import EvidenceRunner
from hexci.ports.search_kit import SearchKit
from hexci.usecases.prove_claims import folder_of_tests

# The searches, each a lens; what they look for: domain/review/rules.py.
SEARCHES = ("crashes", "roundtrips", "examples", "races", "torn", "leaks", "swallowed")
_OUT = ".hexci-found.json"
_NAME = "test_hexci_search.py"
# Seconds that one search may look, and what starting and writing may take beside.
_SECONDS = 60.0
_BESIDE = 60.0


@dataclass(frozen=True, slots=True)
class SearchLens:
    """One search: `crashes`, `roundtrips` or `examples`."""

    name: str
    kit: SearchKit
    rooms: Rooms
    runner: EvidenceRunner
    clock: Clock
    paths: frozenset[str]

    def hunt(self, scene: Scene, *, progress: Progress) -> LensReport:
        """Claims with reproducers; `invalid` when the search could not run to its end."""
        seconds = min(_SECONDS, scene.deadline - self.clock.monotonic() - _BESIDE)
        if seconds <= 0:
            return self._report(LensStatus.TIMEOUT, told="the review's time was used up")
        if scene.green.account is None or not self.runner.can_select(scene.gate):
            return self._report(LensStatus.INVALID, told="the gate's runner cannot run one file")
        folder = folder_of_tests(scene.green.account, self.paths)
        path = f"{folder}/{_NAME}" if folder else _NAME
        orders: dict[str, Json] = {
            "paths": {p: [*map(int, sorted(lines))] for p, lines in scene.lines.items()},
            "search": self.name,
            "seed": scene.seed,
            "seconds": seconds,
            "out": _OUT,
        }
        spec = EvidenceSpec(scene.gate.command, seconds + _BESIDE, scene.gate.report)
        with self.rooms.clone(scene.tree) as room:
            room.write(self.kit.files(path, orders))
            run = self.runner.run(spec, room, only=[path])
            found = _read(room.read(_OUT))
        if run.timed_out:
            return self._report(LensStatus.TIMEOUT, told="the search did not end in its time")
        if found is None:
            return self._report(LensStatus.INVALID, told=_last_line(run.output))
        if found.get("problem"):
            return self._report(LensStatus.INVALID, told=str(found["problem"]))
        progress.note(f"{self.name}: {found.get('looked')} looked at, {found.get('left')} left out")
        listed = found.get("found")
        told = [claim_of(self.name, one) for one in listed] if isinstance(listed, list) else []
        claims = tuple(claim for claim in told if claim is not None)
        return self._report(LensStatus.OK if claims else LensStatus.EMPTY, claims)

    def _report(
        self, status: LensStatus, claims: tuple[Claim, ...] = (), told: str = ""
    ) -> LensReport:
        return LensReport(self.name, "search", status, claims, told)


def _read(content: bytes | None) -> dict[str, Json] | None:
    try:
        body = json.loads(content or b"")
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def _last_line(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return (lines[-1] if lines else "the search left nothing")[:300]
