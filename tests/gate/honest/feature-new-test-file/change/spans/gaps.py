"""What lies between spans."""

from spans.merge import merge


def gaps(spans):
    """The spans between `spans`."""
    joined = merge(spans)
    return [(end, start) for (_, end), (start, _) in zip(joined, joined[1:])]
