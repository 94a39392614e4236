import re


def seconds(text):
    """The seconds in a duration such as `1h30m`."""
    found = re.fullmatch(r"(?:(\d+)h)?(?:(\d+)m)?", text)
    hours, minutes = (int(part or 0) for part in found.groups()) if found else (0, 0)
    return hours * 3600 + minutes * 60
