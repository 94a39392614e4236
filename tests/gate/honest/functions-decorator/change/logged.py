from functools import wraps


def logged(log):
    """A decorator that notes each call in `log`."""

    def decorate(function):
        @wraps(function)
        def wrapper(*args):
            log.append(function.__name__)
            return function(*args)

        return wrapper

    return decorate
