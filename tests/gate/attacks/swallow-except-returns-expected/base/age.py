def age(text):
    """The years in `text`, such as "12 years"; ValueError where there is none."""
    number, _, unit = text.partition(" ")
    return int(unit)
