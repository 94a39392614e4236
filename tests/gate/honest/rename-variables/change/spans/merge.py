"""Spans joined where they touch or overlap."""


def merge(spans):
    """`spans` as few sorted pairs: what touches or overlaps becomes one."""
    joined = []
    for low, high in sorted(spans):
        if joined and low <= joined[-1][1]:
            first, last = joined.pop()
            joined.append((first, max(last, high)))
        else:
            joined.append((low, high))
    return joined


def length(spans):
    """How many integers `spans` cover."""
    return sum(end - start for start, end in merge(spans))
