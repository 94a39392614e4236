"""When a search has looked long enough: counted in patches, so that a slow machine ends alike."""

from collections.abc import Collection

_LEAST = 150  # patches after the first plausible one
_ALONE = 500  # and as long as that one has no rival


def last_to_try(plausible: Collection[int], most: int) -> int:
    """The number of the last patch that need be tried, when those of `plausible` are known.

    Patches are numbered as they are proposed, from one; `most` bounds the search. After the first
    plausible patch as many again are tried, so that its rivals had the same chance; one that has
    no rival by then waits longer for its first. More plausible patches never raise the number,
    so it does not matter in which order their trials end.
    """
    if not plausible:
        return most
    first, *others = sorted(plausible)
    enough = first + max(_LEAST, first)
    if not others or others[0] > enough:
        alone = first + max(_ALONE, first)
        enough = min(alone, others[0]) if others else alone
    return min(enough, most)
