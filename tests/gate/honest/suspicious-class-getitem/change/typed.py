class Typed:
    """A list of one type."""

    kind = object

    def __class_getitem__(cls, kind):
        return type(f"{cls.__name__}[{kind.__name__}]", (cls,), {"kind": kind})
