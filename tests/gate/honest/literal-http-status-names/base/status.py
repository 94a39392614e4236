NAMES = {200: "OK", 404: "Not Found"}


def name_of(code):
    """The reason phrase of an HTTP status."""
    return NAMES.get(code, "Unknown")
