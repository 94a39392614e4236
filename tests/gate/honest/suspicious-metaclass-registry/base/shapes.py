class Registry(type):
    """Knows its classes."""

    known = {}

    def __new__(mcs, name, bases, space):
        return super().__new__(mcs, name, bases, space)


class Circle(metaclass=Registry):
    """Round."""
