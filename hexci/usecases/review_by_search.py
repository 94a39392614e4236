"""Lenses that need no model: a search runs beside the tests and brings input that breaks."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from hexci.domain.canonical import Json
from hexci.domain.evidence import EvidenceSpec
from hexci.domain.review.claim import LensReport, LensStatus
from hexci.domain.review.writing import claim_of
from hexci.errors import DeadlineError, HexciError
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
class Searching:
    """What a search needs. `paths` are all files of the tree under review."""

    kit: SearchKit
    rooms: Rooms
    runner: EvidenceRunner
    clock: Clock
    paths: frozenset[str]

    def run(
        self, search: str, scene: Scene, tree: str, more: Mapping[str, Json] | None = None
    ) -> dict[str, Json]:
        """What `search` found in `tree`; `more` are orders of its own.

        Raises DeadlineError when there was no time, HexciError when it did not run to its end.
        """
        seconds = min(_SECONDS, scene.deadline - self.clock.monotonic() - _BESIDE)
        if seconds <= 0:
            raise DeadlineError("the review's time was used up")
        if scene.green.account is None or not self.runner.can_select(scene.gate):
            raise HexciError("the gate's runner cannot run one file")
        folder = folder_of_tests(scene.green.account, self.paths)
        path = f"{folder}/{_NAME}" if folder else _NAME
        orders: dict[str, Json] = {
            "paths": {p: [*map(int, sorted(lines))] for p, lines in scene.lines.items()},
            "search": search,
            "seed": scene.seed,
            "seconds": seconds,
            "out": _OUT,
            **(more or {}),
        }
        spec = EvidenceSpec(scene.gate.command, seconds + _BESIDE, scene.gate.report)
        with self.rooms.clone(tree) as room:
            room.write(self.kit.files(path, orders))
            run = self.runner.run(spec, room, only=[path])
            found = _read(room.read(_OUT))
        if run.timed_out:
            raise DeadlineError("the search did not end in its time")
        if found is None:
            raise HexciError(_last_line(run.output))
        if found.get("problem"):
            raise HexciError(str(found["problem"]))
        return found


@dataclass(frozen=True, slots=True)
class SearchLens:
    """One search, by its name."""

    name: str
    searching: Searching

    def hunt(self, scene: Scene, *, progress: Progress) -> LensReport:
        """Claims with reproducers; `invalid` when the search could not run to its end."""
        try:
            found = self.searching.run(self.name, scene, scene.tree)
        except DeadlineError as error:
            return LensReport(self.name, "search", LensStatus.TIMEOUT, told=str(error))
        except HexciError as error:
            return LensReport(self.name, "search", LensStatus.INVALID, told=str(error))
        progress.note(_looked(self.name, found))
        listed = found.get("found")
        told = [claim_of(self.name, one) for one in listed] if isinstance(listed, list) else []
        claims = tuple(claim for claim in told if claim is not None)
        status = LensStatus.OK if claims else LensStatus.EMPTY
        return LensReport(self.name, "search", status, claims)


def _looked(name: str, found: dict[str, Json]) -> str:
    why = found.get("why")
    kinds = f" ({', '.join(sorted(why))})" if isinstance(why, dict) and why else ""
    return f"{name}: {found.get('looked')} looked at, {found.get('left')} left out{kinds}"


def _read(content: bytes | None) -> dict[str, Json] | None:
    try:
        body = json.loads(content or b"")
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def _last_line(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    said = [line for line in lines if line.startswith("E ")]  # pytest's own mark of an error
    lines = said or lines
    return (lines[-1] if lines else "the search left nothing")[:300]
