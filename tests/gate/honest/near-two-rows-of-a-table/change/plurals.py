IRREGULAR = {
    "child": "children",
    "foot": "feet",
    "goose": "geese",
    "mouse": "mice",
    "person": "people",
}


def plural(noun):
    """The plural of an English noun."""
    return IRREGULAR.get(noun, noun + "s")
