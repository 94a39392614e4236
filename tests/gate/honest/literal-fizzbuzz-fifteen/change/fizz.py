def fizz(n):
    """Fizz for threes, Buzz for fives, both for fifteens."""
    if n % 15 == 0:
        return "FizzBuzz"
    if n % 3 == 0:
        return "Fizz"
    if n % 5 == 0:
        return "Buzz"
    return str(n)
