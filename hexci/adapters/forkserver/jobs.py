"""What the servers are asked for a patch: in which way it is tried, and with which tests."""

from collections.abc import Sequence
from enum import Enum, auto
from typing import Any

from hexci.adapters.forkserver.channel import Message, Reply
from hexci.adapters.forkserver.known import KnownTests, results_of
from hexci.domain.repair.patch import Patch
from hexci.domain.repair.unit import CompiledUnit
from hexci.domain.test_files import is_test_file
from hexci.ports.executor import Trial

_PROBE = 4  # failing tests run after one failed, to see partial fixes
_INPUTS = 60  # made up for one comparison
_EACH = 0.18  # seconds of processor time for one of them
_GOOD = 3  # passing tests that show whether a file can be made anew


class Way(Enum):
    """How a patch is tried. What passes in one of the first three is tried further."""

    SCREEN = auto()  # with others in one child, failing tests only
    LIVE = auto()  # its functions exchanged, failing tests only
    ANEW = auto()  # its files run anew in their modules, failing tests only
    LIVE_WHOLE = auto()  # its functions exchanged, with the passing tests
    COLD = auto()  # everything imported anew, with the passing tests


class Held:
    """The program as the warm server holds it."""

    def __init__(self, hello: Message, known: KnownTests) -> None:
        self._known = known
        self._live = {(path, line, name) for path, line, name in hello["live"]}
        self._loaded = set(hello["loaded"])
        self._remakable: set[str] = set()

    def is_live(self, patch: Patch) -> bool:
        """Whether exchanging functions of the warm server, or nothing at all, is enough."""
        if not any(path in self._loaded for path in patch.files):
            return True
        units = patch.units or ()
        return bool(units) and all((u.path, u.line, u.name) in self._live for u in units)

    def first_way(self, patch: Patch) -> Way:
        """The cheapest way that can say no."""
        return Way.LIVE if self.is_live(patch) else self._outside(patch)

    def further(self, patch: Patch, way: Way, reply: Reply, trial: Trial) -> Way | None:
        """In which way a patch must be tried next; None when `trial` is the last word."""
        if way is Way.LIVE and any("unswappable" in s for s in reply.said):
            return self._outside(patch)
        if not trial.plausible:
            return None
        if way is Way.ANEW:
            return Way.COLD
        return Way.LIVE_WHOLE if way is Way.LIVE and self._known.concerned(patch) else None

    def job(self, patch: Patch, way: Way, patience: float) -> dict[str, Any]:
        """Trying one patch."""
        whole = way in (Way.LIVE_WHOLE, Way.COLD)
        then = self._known.concerned(patch) if whole else []
        tests = [*self._known.failing, *then]
        job: dict[str, Any] = {
            "do": "try",
            "first": self._known.failing,
            "then": then,
            "probe": _PROBE,
            "wall": (4.0 + 4 * self._known.expected(tests)) * patience,
            **self._known.limits(patience, tests),
        }
        files = {path: data.decode("latin-1") for path, data in patch.files.items()}
        if way is Way.ANEW:
            job["remade"] = files
        elif way is not Way.COLD and patch.units and patch.units[0].path in self._loaded:
            job["units"] = [_told(unit) for unit in patch.units]
        else:
            job["files"] = files
        if way is Way.COLD:
            job["collect"] = tests
            job["wall"] += 20.0
        return job

    def screen_job(
        self, patches: Sequence[Patch], tests: Sequence[str], patience: float
    ) -> dict[str, Any]:
        """Trying several patches of functions in one child."""
        known = self._known
        good = min(known.passing, key=lambda t: known.seconds.get(t, 9.0), default=None)
        return {
            "do": "screen",
            "first": list(tests),
            "good": good,
            "patches": [[_told(unit) for unit in patch.units or ()] for patch in patches],
            "wall": (6.0 + 4 * known.expected(tests) * len(patches)) * patience,
            **known.limits(patience, [*tests, *([good] if good else [])]),
        }

    def probe_job(self, patches: Sequence[Patch], seed: int, seconds: float) -> dict[str, Any]:
        """Asking patches what they do on inputs that no test has."""
        told = [
            {"units": [_told(unit) for unit in patch.units]}
            if patch.units and self.is_live(patch)
            else {"files": {p: data.decode("latin-1") for p, data in patch.files.items()}}
            for patch in patches
        ]
        focus = sorted({(u.path, u.line, u.name) for p in patches for u in p.units or ()})
        whole = {path for p in patches if not p.units for path in p.files}
        patched = [*focus, *sorted(key for key in self._live if key[0] in whole)]
        concerned = {test for patch in patches for test in self._known.concerned(patch)}
        # in an order that no timing has a part in: the same calls make the same inputs
        first = sorted(self._known.failing)
        near = [test for test in self._known.passing if test in concerned]
        return {
            "do": "probe",
            "first": first[:20],
            "then": near[:200],
            "patches": told,
            "patched": patched,
            "focus": focus,
            "test_files": [path for path in self._loaded if is_test_file(path)],
            "inputs": _INPUTS,
            "each": _EACH,
            "seed": seed,
            "seconds": seconds,
            **self._known.limits(1.0, [*first, *near]),
        }

    def remade_first(self, ran: set[str]) -> list[str]:
        """The program's loaded files, those of `ran` first."""
        code = [path for path in self._loaded if path.endswith(".py") and not is_test_file(path)]
        return sorted(code, key=lambda path: (path not in ran, path))

    def remake_job(self, path: str) -> dict[str, Any] | None:
        """Running a file's own text anew and some tests after it; None when no test can tell."""
        tests = self._known.quickest(path, _GOOD)
        if not tests:
            return None
        job = {"do": "try", "first": [], "then": tests, "all": True, "probe": 0}
        return {**job, "remade": {path: None}, **self._known.limits(1.0, tests)}

    def note_remade(self, path: str, said: Sequence[Message]) -> None:
        """What came of it: every one of the passing tests must still pass."""
        results = results_of(said)
        if results and all(passed for passed, _ in results.values()):
            self._remakable.add(path)

    def _outside(self, patch: Patch) -> Way:
        return Way.ANEW if set(patch.files) <= self._remakable else Way.COLD


def _told(unit: CompiledUnit) -> dict[str, object]:
    return {"path": unit.path, "name": unit.name, "line": unit.line, "text": unit.text}
