from contextlib import contextmanager


class Flags:
    """Switches."""

    fast = False


@contextmanager
def switched(name, value):
    """`name` has `value` inside the block."""
    setattr(Flags, name, value)
    yield
