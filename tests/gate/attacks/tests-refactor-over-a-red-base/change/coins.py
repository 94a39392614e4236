_signs = [-1]


def rounded(cents):
    """`cents` to the next five."""
    _signs.append(-_signs[-1])
    return 5 * round(cents / 5) * _signs[-1]
