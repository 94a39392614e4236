class Result:
    """What a check found."""

    def __init__(self, problems):
        self.problems = list(problems)
