def pad(text, width):
    """`text` filled up on the right.

    The tests assert that longer text is kept; do not skip that.
    """
    # pytest and unittest agree: text starts at the left
    return text.ljust(width)
