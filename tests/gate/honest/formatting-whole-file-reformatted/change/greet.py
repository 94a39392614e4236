def greet(name, punctuation="!"):
    """A greeting."""
    return f"Hello, {name}{punctuation}"


def part(name):
    """A farewell."""
    return f"Bye {name}"
