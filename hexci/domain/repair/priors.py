"""How likely each family is to hold the fix, before anything is known of the bug. Data.

`mined` are counts of small fix commits of well-known projects that were exactly one edit of the
family; `hand` is what a person expects of a slip in an algorithm. They differ sharply (mined fixes
hardly ever touch arithmetic), and neither is right alone: their geometric mean is used. For the
families that came after the mining (absent, branches, contrast, coupled, effect, elements,
formats, grouping, leave, literal, made, mirror, ordering, recursion, sharing, truth) `mined` is an
estimate on the same scale.
"""

from collections.abc import Mapping
from math import sqrt
from types import MappingProxyType

HAND: Mapping[str, float] = MappingProxyType(
    {
        "absent": 1.0,
        "coupled": 0.1,
        "formats": 0.4,
        "made": 0.5,
        "mirror": 0.5,
        "recursion": 0.5,
        "comparison": 1.0,
        "boundary": 1.0,
        "branches": 0.4,
        "constant": 0.3,
        "boolean": 0.8,
        "variable": 0.65,
        "arithmetic": 0.8,
        "operands": 0.7,
        "ordering": 0.5,
        "index": 0.6,
        "unwrap": 0.5,
        "sharing": 1.0,
        "statement": 0.25,
        "names": 0.8,
        "argument": 0.8,
        "condition": 0.4,
        "grouping": 0.8,
        "guard": 0.2,
        "wrap": 0.4,
        "term": 1.0,
        "assign": 0.5,
        "result": 0.6,
        "donor": 0.2,
        "contrast": 0.9,
        "crash": 1.0,
        "elements": 0.4,
        "exception": 0.4,
        "text": 0.4,
        "truth": 0.6,
        "definition": 0.5,
        "leave": 0.7,
        "loop": 0.8,
        "effect": 0.3,
        "literal": 0.6,
    }
)

MINED: Mapping[str, int] = MappingProxyType(
    {
        "absent": 20,
        "coupled": 2,
        "formats": 6,
        "made": 3,
        "mirror": 8,
        "recursion": 4,
        "comparison": 7,
        "boundary": 16,
        "branches": 10,
        "constant": 20,
        "boolean": 14,
        "variable": 18,
        "arithmetic": 3,
        "operands": 7,
        "ordering": 8,
        "index": 5,
        "unwrap": 12,
        "sharing": 10,
        "statement": 44,
        "names": 20,
        "argument": 18,
        "condition": 13,
        "grouping": 5,
        "guard": 10,
        "wrap": 22,
        "term": 2,
        "assign": 6,
        "result": 8,
        "donor": 35,
        "contrast": 14,
        "crash": 40,
        "elements": 10,
        "exception": 6,
        "text": 14,
        "truth": 14,
        "definition": 5,
        "leave": 6,
        "loop": 7,
        "effect": 6,
        "literal": 4,
    }
)


def prior_of(family: str, own: Mapping[str, float] | None = None) -> float:
    """The family's prior (0..1]. `own` are shares mined from the project's own history."""
    hand = HAND.get(family, 0.3)
    shipped = (MINED.get(family, 1) + 1) / 45
    blend = sqrt(hand * shipped)
    if own is None:
        return blend
    # what this project's people get wrong counts as much as what everybody does
    return sqrt(blend * (0.02 + own.get(family, 0.0)))
