"""Whether plausible patches behave alike; if they do not, nobody knows which one is right."""

from collections.abc import Sequence
from dataclasses import dataclass

RIVALS = 10  # the best plausible patches that are compared
_HEARD = 0.1  # of the best one's score, for each failing test that both turn green
_MOST_HEARD = 0.4
_MANY = 6  # tests that run the place of the best patch
_HEARD_BY_MANY = 0.9


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many patches were compared on how many inputs, and on how many they differ.

    `example` is one input on which they do, for the person who can say what is right there.
    """

    patches: int
    inputs: int
    differing: int
    compared: bool = True
    example: str = ""

    @property
    def unanimous(self) -> bool:
        """Whether the best patch may be committed: no rival does anything else.

        A lone patch agrees with itself. Patches that could not be compared do not agree: a
        majority is no proof either, for wrong guards breed in numbers.
        """
        return self.patches == 1 or (self.compared and self.inputs > 0 and self.differing == 0)

    @property
    def told(self) -> str:
        """One clause for people."""
        if self.patches == 1:
            return "no rival was found"
        if not self.compared:
            return f"{self.patches} plausible edits could not be compared"
        where = f", such as {self.example}" if self.example else ""
        differ = f"differ on {self.differing} of {self.inputs} inputs"
        return f"{self.patches} plausible edits {differ}{where}"


def is_heard(own: float, best: float, failing: int, reaching: int = 0) -> bool:
    """Whether a patch of score `own` may veto one of score `best`.

    Scores say how likely patches were before any test ran. Each of the `failing` tests is a
    witness for the best patch: a rival that turns them green as well must be the nearer to it the
    more there are. Where many tests are `reaching` the best patch's place, hardly anything that is
    wrong passes them all, and only a rival that is nearly as likely has a say.
    """
    by_failing = min(_MOST_HEARD, _HEARD * max(1, failing))
    return own >= (_HEARD_BY_MANY if reaching >= _MANY else by_failing) * best


def agreement_of(answers: Sequence[Sequence[str]], inputs: Sequence[str] = ()) -> Agreement:
    """Compares the answers of several patches, input by input. `inputs` are those for people."""
    rows = list(zip(*answers, strict=True))
    differing = [number for number, row in enumerate(rows) if len(set(row)) > 1]
    shown = [inputs[number] for number in differing if number < len(inputs)]
    example = min(shown, key=len, default="")
    return Agreement(len(answers), len(rows), len(differing), example=example)
