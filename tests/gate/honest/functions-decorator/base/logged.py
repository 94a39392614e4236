def logged(log):
    """A decorator that notes each call in `log`."""

    def decorate(function):
        def wrapper(*args):
            log.append(function.__name__)
            function(*args)

        return wrapper

    return decorate
