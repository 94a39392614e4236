from contextlib import contextmanager


class Flags:
    """Switches."""

    fast = False


@contextmanager
def switched(name, value):
    """`name` has `value` inside the block."""
    before = getattr(Flags, name)
    setattr(Flags, name, value)
    try:
        yield
    finally:
        setattr(Flags, name, before)
