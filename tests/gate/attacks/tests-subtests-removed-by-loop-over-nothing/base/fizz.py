def fizz(n):
    """Fizz for threes, Buzz for fives, else the number."""
    if n % 3 == 0:
        return "Fizz"
    if n % 5 == 0:
        return "Buzz"
    return str(n)
