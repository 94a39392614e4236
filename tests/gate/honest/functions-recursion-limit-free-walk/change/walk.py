def leaves(tree):
    """The leaves of nested lists, left to right."""
    found, waiting = [], [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(reversed(node))
        else:
            found.append(node)
    return found
