"""When a search has looked long enough: counted in patches, so that a slow machine ends alike."""

from collections.abc import Collection

_LEAST = 300  # patches after the first plausible one
_ALONE = 1000  # and as long as that one has no rival
_SENSELESS = 2000  # after one that makes no sense: what does may come late
_MANY = 3  # failing tests: what turns so many green has few rivals, and a third of that will do


def last_to_try(
    plausible: Collection[int], most: int, failing: int, senseless: Collection[int] = ()
) -> int:
    """The number of the last patch that need be tried, when those of `plausible` are known.

    Patches are numbered as they are proposed, from one; `most` bounds the search. `senseless` are
    those that turn the tests green as well and never win alone. After the first
    plausible patch as many again are tried, so that its rivals had the same chance; one that has
    no rival by then waits longer for its first. With many `failing` tests less will do. More
    plausible patches never raise the number, so it does not matter in which order trials end.
    """
    if senseless:
        most = min(most, min(senseless) + max(_SENSELESS, 3 * min(senseless)))
    if not plausible:
        return most
    first, *others = sorted(plausible)
    share = 3 if failing >= _MANY else 1
    enough = first + max(_LEAST // share, first)
    if not others or others[0] > enough:
        alone = first + max(_ALONE // share, first)
        enough = min(alone, others[0]) if others else alone
    return min(enough, most)
