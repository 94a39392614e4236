import re


def seconds(text):
    """The seconds in a duration such as `1h30m`."""
    found = re.match(r"(\d+)h", text)
    return int(found[1]) * 3600 if found else 0
