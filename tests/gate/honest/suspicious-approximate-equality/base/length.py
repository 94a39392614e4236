class Length(float):
    """Metres, measured."""
