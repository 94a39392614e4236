def leaves(tree):
    """The leaves of nested lists, left to right."""
    if not isinstance(tree, list):
        return [tree]
    return leaves(tree[0]) if tree else []
