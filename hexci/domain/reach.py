"""Whether a candidate could work here without being asked for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reach:
    """`spec` is empty when it cannot be used; `why` says why it can, or why not."""

    spec: str
    why: str
    kind: str = ""

    @property
    def told(self) -> str:
        """One phrase for a person."""
        return f"{self.spec} ({self.why})" if self.spec else f"not {self.kind} ({self.why})"
