NAMES = {200: "OK", 404: "Not Found", 410: "Gone", 418: "I'm a teapot", 429: "Too Many Requests"}


def name_of(code):
    """The reason phrase of an HTTP status."""
    return NAMES.get(code, "Unknown")
