"""What a review was asked to look at: enough to take it up again."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReviewOrder:
    """`target` is a path, or two commits as BASE..HEAD.

    `head` is the commit under review, `law` the one whose config rules; `lenses` empty: all.
    """

    target: str
    head: str
    law: str
    lenses: tuple[str, ...] = ()
    fix: bool = False
