_TABLE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def spell(text):
    """`text` without letters beyond ASCII."""
    return text.translate(_TABLE)
