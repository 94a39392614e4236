"""ISBN-13."""


def is_isbn(text):
    """Whether `text` is an ISBN with a right check digit."""
    digits = [int(c) for c in text if c.isdigit()]
    if len(digits) != 13:
        return False
    return sum(d * (1, 3)[n % 2] for n, d in enumerate(digits)) % 10 == 0
