def trim(text):
    """`text` without space at its ends."""
    if "\n" in text:
        return text
    return text.strip()
