def trim(text):
    """`text` without space at its ends."""
    return text.strip()
