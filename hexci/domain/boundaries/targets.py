"""What an import can mean: a path of the tree, or a marked name.

Marked names start with a character that no path of a tree starts with.
"""

Target = str

EXTERNAL = "\x01"
UNRESOLVED = "\x02"
NOTHING = "\x03"


def external(name: str) -> Target:
    """A package from outside the tree."""
    return EXTERNAL + name


def unresolved(note: str) -> Target:
    """Something that should be in the tree and is not; `note` says what."""
    return UNRESOLVED + note


def nothing(name: str) -> Target:
    """Something that runs no code of the tree, as a package without a file."""
    return NOTHING + name
