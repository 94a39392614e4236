"""Saying who vouches for evidence, and checking it."""

from typing import Protocol


class Signer(Protocol):
    """A private key that stays with its owner."""

    def sign(self, data: bytes) -> str:
        """An armoured signature over `data`."""
        ...


class SignatureCheck(Protocol):
    """Public keys that a repository trusts."""

    def signer_of(self, data: bytes, signature: str, allowed: bytes) -> str:
        """Who, of the `allowed` signers (OpenSSH format), signed `data`; empty when nobody."""
        ...
