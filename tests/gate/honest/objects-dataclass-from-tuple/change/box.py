from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """A rectangle."""

    width: int
    height: int

    @property
    def area(self):
        """Width times height."""
        return self.width * self.height
