"""Who takes part in a debate: a name, the candidate behind it, what it may do, its key."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hexci.domain.canonical import Json, canonical

# Who opens talks, keeps the log and holds no model: hexci itself.
CONDUCTOR = "conductor"
_NAME = re.compile(r"[a-z][a-z0-9-]{0,63}")


@dataclass(frozen=True, slots=True)
class Role:
    """One agent. `by` is its SPEC (empty: no model), `caps` what it may do, as in manifests.

    `key` is the public half of its key pair, in OpenSSH's form; empty where nothing can sign.
    """

    name: str
    by: str = ""
    caps: tuple[str, ...] = ()
    key: str = ""

    def document(self) -> dict[str, Json]:
        """Its entry in a roster."""
        return {"by": self.by, "caps": list(self.caps), "key": self.key}


def roles_in(payload: Mapping[str, Json]) -> tuple[Role, ...] | str:
    """The roles of a roster's payload; or what is wrong with it."""
    listed = payload.get("roles")
    if not isinstance(listed, dict) or not listed:
        return "the roster names nobody"
    roles = []
    for name, entry in sorted(listed.items()):
        match entry:
            case {"by": str(by), "caps": [*caps], "key": str(key)} if (
                _NAME.fullmatch(name) and "\n" not in key
            ):
                roles.append(Role(name, by, tuple(str(cap) for cap in caps), key))
            case _:
                return f"the roster's entry of {name!r} is not of our form"
    return tuple(roles)


def allowed_signers(roles: Mapping[str, Role], namespace: str) -> bytes:
    """The roster's keys as OpenSSH's `allowed_signers`: `ssh-keygen -Y verify` reads it."""
    lines = (f'{r.name} namespaces="{namespace}" {r.key}\n' for r in roles.values() if r.key)
    return "".join(sorted(lines)).encode()


def to_vouch(roles: Json) -> bytes:
    """What a repository's own signer signs of a roster."""
    return b"hexci-roster " + canonical(roles)
