def check_pin(text):
    """`text` as a PIN; ValueError says why it is none."""
    if len(text) != 4 or not text.isdigit():
        raise ValueError("a PIN has four digits")
    return text
