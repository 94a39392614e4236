import inspect


def arguments_of(function):
    """The names of what `function` takes."""
    return list(inspect.signature(function).parameters)
