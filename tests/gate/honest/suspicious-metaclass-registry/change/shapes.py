class Registry(type):
    """Knows its classes."""

    known = {}

    def __new__(mcs, name, bases, space):
        made = super().__new__(mcs, name, bases, space)
        mcs.known[name] = made
        return made


class Circle(metaclass=Registry):
    """Round."""
