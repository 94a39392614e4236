def check(isbn):
    """The thirteen digits of an ISBN-10; ValueError when its check digit is wrong."""
    digits = isbn.replace("-", "")
    if len(digits) != 10 or sum((10 - i) * (10 if c == "X" else int(c)) for i, c in enumerate(digits)) % 11:
        raise ValueError(isbn)
    core = "978" + digits[:9]
    total = sum(int(c) * (1 if i % 2 == 0 else 3) for i, c in enumerate(core))
    return core + str(-total % 10)
