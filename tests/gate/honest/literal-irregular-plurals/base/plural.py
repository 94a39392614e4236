def plural(noun):
    """`noun` for many."""
    return noun + "s"
