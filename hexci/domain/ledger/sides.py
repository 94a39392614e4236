"""The two trees that are compared, and how people call them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sides:
    """`base_tree` is what the protected branch has, `head_tree` what it would get.

    `commits` is the range that lands (`A..B`), empty while nothing is committed.
    """

    base_tree: str
    head_tree: str
    base: str
    head: str
    commits: str = ""
