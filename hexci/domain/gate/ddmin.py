"""Delta debugging (Zeller 1999, ddmin): fewer parts of a change that still do the whole job."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeVar

Part = TypeVar("Part")


def minimise(parts: Sequence[Part], does_the_job: Callable[[Sequence[Part]], bool]) -> list[Part]:
    """A 1-minimal selection of `parts`, in their order: without any one of its parts it fails.

    All `parts` together are taken to do the job, and are not tried. Equal questions are asked
    again: who answers remembers. The same answers always give the same selection.
    """
    kept = list(parts)
    grain = 2
    while len(kept) > 1:
        chunks = _chunks(kept, min(grain, len(kept)))
        smaller = _first(does_the_job, chunks)
        if smaller is not None:
            kept, grain = smaller, 2
            continue
        rests = [[p for other in chunks if other is not c for p in other] for c in chunks]
        # of two chunks each is the other's rest, and was just tried
        smaller = _first(does_the_job, rests) if len(chunks) > 2 else None
        if smaller is not None:
            kept, grain = smaller, max(len(chunks) - 1, 2)
        elif len(chunks) < len(kept):
            grain = len(chunks) * 2
        else:
            return kept
    return [] if kept and does_the_job([]) else kept


def _chunks(parts: list[Part], count: int) -> list[list[Part]]:
    edges = [len(parts) * n // count for n in range(count + 1)]
    return [parts[a:b] for a, b in pairwise(edges)]


def _first(
    does_the_job: Callable[[Sequence[Part]], bool], selections: Sequence[list[Part]]
) -> list[Part] | None:
    return next((chosen for chosen in selections if does_the_job(chosen)), None)
