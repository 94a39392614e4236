"""Roles where no forge can be asked: what this place itself shows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SameRole:
    """Port Roles: everybody who can call us here has one role."""

    everybody: str

    def role(self, actor: str) -> str:  # noqa: ARG002 - the same for all
        """The one role."""
        return self.everybody
