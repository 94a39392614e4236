"""Whether a repaired program does what the release that fixed the bug does."""

from collections.abc import Mapping
from dataclasses import dataclass

from hexci.domain.evidence import EvidenceSpec
from hexci.domain.repair.agreement import Agreement, agreement_of
from hexci.domain.repair.patch import Patch
from hexci.domain.repair.source import Edit, parse_source
from hexci.domain.repair.unit import CompiledUnit, compile_unit, units_of
from hexci.ports.executor import Executor
from hexci.ports.rooms import Room
from hexci.ports.runner import EvidenceRunner

_SECONDS = 90.0  # for holding the program and asking it

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Judges:
    """What holds the broken program, and what runs its tests once."""

    executor: Executor
    runner: EvidenceRunner
    evidence: EvidenceSpec
    seed: int = 1


def compare_with_release(
    judges: Judges, room: Room, repaired: Files, release: Files
) -> Agreement | None:
    """On how many inputs made from the tests' calls the two differ; None when none were made.

    `room` has the broken program with the tests that show the bug. `repaired` are the files that
    the patch changed, `release` those of the fixed release, both whole.
    """
    before = {path: room.read(path) or b"" for path in {*repaired, *release}}
    ours = _as_patch("ours", repaired, before)
    theirs = _as_patch("theirs", {p: data for p, data in release.items() if before[p]}, before)
    red = judges.runner.run(judges.evidence, room)
    with judges.executor.open(judges.evidence, room, red, seconds=_SECONDS) as bench:
        if bench is None:
            return None
        bench.trace()  # says which tests run what was changed
        seen = bench.compare([ours, theirs], judges.seed)
    return agreement_of([each.answers for each in seen]) if seen else None


def _as_patch(name: str, files: Files, before: Files) -> Patch:
    found = [_unit_of(path, before[path], data) for path, data in files.items()]
    units = tuple(unit for unit in found if unit is not None)
    return Patch(
        edits=tuple((path, (Edit(0, len(before[path]), ""),)) for path in files),
        files=files,
        units=units if units and len(units) == len(found) else None,
        family=name,
        operator="whole files",
        line=1,
        score=1.0,
        suspect=False,
        digest=name,
    )


def _unit_of(path: str, old: bytes, new: bytes) -> CompiledUnit | None:
    """The one function that differs between two texts, if it is one."""
    source = parse_source(path, old)
    if source is None or source.encoding != "utf-8":
        return None
    start = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), None)
    if start is None:
        return None
    tail = 0
    most = min(len(old), len(new)) - start
    while tail < most and old[len(old) - 1 - tail] == new[len(new) - 1 - tail]:
        tail += 1
    start, tail = _whole_letters(old, new, start, tail)
    text = new[start : len(new) - tail].decode("utf-8", "surrogatepass")
    edit = (Edit(start, len(old) - tail, text),)
    unit = next((u for u in units_of(source) if u.holds(edit)), None)
    return compile_unit(source, unit, edit) if unit else None


def _whole_letters(old: bytes, new: bytes, start: int, tail: int) -> tuple[int, int]:
    """The bounds moved outwards to the ends of lines, so that no letter is cut in two."""
    start = old.rfind(b"\n", 0, start) + 1
    after = old.find(b"\n", len(old) - tail) if tail else -1
    tail = len(old) - after if after >= 0 else 0
    return start, min(tail, len(new) - start)
