class Result:
    """What a check found."""

    def __init__(self, problems):
        self.problems = list(problems)

    def __bool__(self):
        return not self.problems
