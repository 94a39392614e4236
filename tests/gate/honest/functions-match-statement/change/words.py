def command(line):
    """(verb, argument) of a line; ValueError for an unknown verb."""
    match line.split():
        case ["go", where]:
            return ("go", where)
        case ["stop"]:
            return ("stop", None)
        case _:
            raise ValueError(line)
