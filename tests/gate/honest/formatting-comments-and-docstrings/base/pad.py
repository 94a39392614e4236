def pad(text, width):
    return text.rjust(width)
