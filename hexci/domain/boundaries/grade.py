"""The grade: A+ to F from violations and cycles per module, n/a below the asked coverage.

    score = 100 - 100 * (violations + 0.5 * modules in cycles) / modules, at least 0
    A+ 100 without any violation or cycle, A from 95, B from 85, C from 70, D from 50, else F

Known violations (baseline, ignores) count as well: the grade says how the tree is, pass or fail
says whether it got worse.
"""

_STEPS = ((95.0, "A"), (85.0, "B"), (70.0, "C"), (50.0, "D"))


class Coverage:
    """How much of the tree the result speaks of."""

    __slots__ = ("classified", "files", "imports", "resolved", "unreadable")

    def __init__(
        self, files: int, classified: int, imports: int, resolved: int, unreadable: int
    ) -> None:
        """Files, those in a rule, imports, those resolved, and files not read in full."""
        self.files, self.classified, self.unreadable = files, classified, unreadable
        self.imports, self.resolved = imports, resolved

    @property
    def share(self) -> float:
        """The smaller of: files in a rule's group, imports resolved. 0 for an empty tree."""
        if not self.files:
            return 0.0
        resolved = self.resolved / self.imports if self.imports else 1.0
        return min(self.classified / self.files, resolved)

    def __str__(self) -> str:
        percent = int(self.share * 100)
        unreadable = f", {self.unreadable} not read in full" if self.unreadable else ""
        return (
            f"{percent} % ({self.classified} of {self.files} files in a rule, "
            f"{self.resolved} of {self.imports} imports resolved{unreadable})"
        )


def grade(coverage: Coverage, violations: int, in_cycles: int, *, least: float) -> str:
    """The letter, or `n/a` when less is known than `least` (0 to 1) asks for."""
    if coverage.share < least or not coverage.files:
        return "n/a"
    score = 100.0 - 100.0 * (violations + 0.5 * in_cycles) / coverage.files
    if violations == 0 and in_cycles == 0:
        return "A+"
    return next((letter for least_score, letter in _STEPS if score >= least_score), "F")
