def collect(item, into=None):
    """`into` and `item`; a new list if none is given."""
    if into is None:
        into = []
    into.append(item)
    return into
