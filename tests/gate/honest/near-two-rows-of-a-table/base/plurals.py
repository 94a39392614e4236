IRREGULAR = {"child": "children", "foot": "feet", "mouse": "mice"}


def plural(noun):
    """The plural of an English noun."""
    return IRREGULAR.get(noun, noun + "s")
