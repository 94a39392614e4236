import random


def lots(seed, count):
    """`count` numbers below 100, the same for the same seed."""
    drawn = random.Random(seed)
    return [drawn.randrange(100) for _ in range(count)]
