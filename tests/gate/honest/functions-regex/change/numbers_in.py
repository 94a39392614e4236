import re


def numbers_in(text):
    """The numbers in `text`."""
    return [float(found) for found in re.findall(r"-?\d+(?:\.\d+)?", text)]
