_IRREGULAR = {"child": "children", "mouse": "mice", "foot": "feet", "person": "people"}


def plural(noun):
    """`noun` for many."""
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    return noun + "s"
