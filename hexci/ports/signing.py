"""Saying who vouches for evidence, and checking it; keys of the agents of one run."""

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A key pair: the public half in OpenSSH's form, and what signs with the private one."""

    public: str
    signer: Signer


class Keyring(Protocol):
    """Makes key pairs that live as long as this process's part of a run."""

    def pair_for(self, role: str) -> KeyPair | None:
        """The key pair of `role`; None where this machine cannot sign."""
        ...
