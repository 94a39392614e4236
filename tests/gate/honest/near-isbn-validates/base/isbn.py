def check(isbn):
    """The thirteen digits of an ISBN-10; ValueError when its check digit is wrong."""
    digits = isbn.replace("-", "")
    core = "978" + digits[:9]
    total = sum(int(c) * (1 if i % 2 == 0 else 3) for i, c in enumerate(core))
    return core + str(10 - total % 10)
