def calc(text):
    """The value of an expression of numbers."""
    return eval(compile(text, "<calc>", "eval"), {"__builtins__": {}})
