def rounded(cents):
    """`cents` to the next five."""
    return cents
