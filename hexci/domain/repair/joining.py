"""Two edits as one patch, where each turns other failing tests green."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations

from hexci.domain.repair.patch import Patch
from hexci.domain.repair.source import Edit, Source, apply_edits
from hexci.domain.repair.unit import CompiledUnit, compile_unit, digest_of_code, units_of

_WIDTH = 12  # partial fixes kept, best first
_PAIRS = 40


def joined(
    partial: Sequence[tuple[Patch, Collection[str]]],
    failing: Collection[str],
    sources: Mapping[str, Source],
) -> Iterator[Patch]:
    """Patches of two partial fixes, those first that together turn the most tests green.

    `partial` are patches with the failing tests that each turned green.
    """
    beam = sorted(partial, key=lambda p: (-len(p[1]), -p[0].score))[:_WIDTH]
    pairs = [
        (len({*one[1], *other[1]}), one[0].score + other[0].score, one[0], other[0])
        for one, other in combinations(beam, 2)
        if not {*one[1]} <= {*other[1]} and not {*other[1]} <= {*one[1]}
    ]
    pairs.sort(key=lambda pair: (-(pair[0] >= len(set(failing))), -pair[0], -pair[1]))
    for _, _, one, other in pairs[:_PAIRS]:
        patch = join(one, other, sources)
        if patch is not None:
            yield patch


def join(one: Patch, other: Patch, sources: Mapping[str, Source]) -> Patch | None:
    """Both patches at once; None when their edits overlap or the result is no Python."""
    edits: dict[str, tuple[Edit, ...]] = {}
    for path, own in (*one.edits, *other.edits):
        edits[path] = (*edits.get(path, ()), *own)
    if not set(edits) <= set(sources):
        return None
    try:
        texts = {path: apply_edits(sources[path].data, own) for path, own in edits.items()}
    except ValueError:
        return None
    digests = [digest_of_code(text.decode("utf-8", "surrogatepass")) for text in texts.values()]
    if None in digests:
        return None
    return Patch(
        edits=tuple(edits.items()),
        files={path: sources[path].encoded(text) for path, text in texts.items()},
        units=_units(edits, sources) if one.units and other.units else None,
        family="two edits",
        operator=f"{one.place} and {other.place}",
        line=one.line,
        score=min(one.score, other.score) / 2,
        suspect=one.suspect or other.suspect,
        digest="+".join(map(str, digests)),
    )


def _units(
    edits: Mapping[str, tuple[Edit, ...]], sources: Mapping[str, Source]
) -> tuple[CompiledUnit, ...] | None:
    found = []
    for path, own in edits.items():
        left = set(own)
        for unit in units_of(sources[path]):
            inside = tuple(e for e in own if unit.holds((e,)))
            compiled = compile_unit(sources[path], unit, inside) if inside else None
            if inside and compiled is None:
                return None
            found += [compiled] if compiled else []
            left -= set(inside)
        if left:
            return None
    return tuple(found)
