KNOWN = {}


def register(function):
    """Makes `function` known by its name; a decorator."""
    KNOWN[function.__name__] = function
    return function
