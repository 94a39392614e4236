"""Bench cases as one text file: a right program, the slip in it, inputs, and a maker of more."""

from dataclasses import dataclass

from hexci.errors import BadInputError


@dataclass(frozen=True, slots=True)
class Case:
    """`inputs` and `random` are argument lists as Python text; `random` may use `r`, a Random."""

    name: str
    program: str
    old: str
    new: str
    call: str
    inputs: tuple[str, ...]
    random: str

    @property
    def buggy(self) -> str:
        """The program with the slip."""
        return self.program.replace(self.old, self.new)


def parse_cases(text: str) -> tuple[Case, ...]:
    """All cases of a file. Raises BadInputError when a slip does not occur exactly once."""
    return tuple(_case(part) for part in text.split("=== ")[1:])


def _case(part: str) -> Case:
    head, *sections = part.split("\n--- ")
    found = {}
    for section in sections:
        title, _, body = section.partition("\n")
        key, _, argument = title.partition(" ")
        found[key] = argument if key == "call" else body.rstrip("\n")
    old, _, new = found["bug"].partition("\n=>\n")
    program = found["program"] + "\n"
    if program.count(old) != 1:
        raise BadInputError(f"case {head}: the slip's place occurs {program.count(old)} times")
    call = found.get("call") or program.rpartition("\ndef ")[2].partition("(")[0].strip()
    if "call" not in found and program.startswith("def ") and "\ndef " not in program:
        call = program.removeprefix("def ").partition("(")[0]
    inputs = tuple(line for line in found["inputs"].split("\n") if line.strip())
    return Case(head.strip(), program, old, new, call, inputs, found["random"])
