class Length(float):
    """Metres, measured."""

    def __eq__(self, other):
        return abs(float(self) - float(other)) < 1e-9

    def __ne__(self, other):
        return not self == other

    __hash__ = None
