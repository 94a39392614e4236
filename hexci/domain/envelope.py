"""Signed evidence: a DSSE envelope round the statement (https://github.com/secure-systems-lab/dsse).

The signature is made over the pre-authentication encoding, so neither the payload nor its type
can be exchanged; it is an SSH signature in the namespace `hexci-evidence`.
"""

import base64
import binascii
import json
from dataclasses import dataclass

from hexci.domain.canonical import canonical
from hexci.errors import BadInputError

PAYLOAD_TYPE = "application/vnd.in-toto+json"
NAMESPACE = "hexci-evidence"
ALLOWED_SIGNERS = ".hexci/allowed_signers"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A statement as it came: `signature` is empty when it was not signed."""

    payload: bytes
    signature: str = ""


def to_sign(payload: bytes) -> bytes:
    """The pre-authentication encoding: `DSSEv1 LEN(type) type LEN(payload) payload`."""
    kind = PAYLOAD_TYPE.encode()
    return b" ".join(
        (b"DSSEv1", str(len(kind)).encode(), kind, str(len(payload)).encode(), payload)
    )


def envelope(payload: bytes, signature: str) -> bytes:
    """Canonical JSON of the envelope, without a line end."""
    return canonical(
        {
            "payloadType": PAYLOAD_TYPE,
            "payload": base64.b64encode(payload).decode(),
            "signatures": [{"sig": base64.b64encode(signature.encode()).decode()}],
        }
    )


def opened(note: bytes) -> Sealed:
    """The statement in a note, out of its envelope where it has one.

    Raises BadInputError for an envelope of another type or form.
    """
    try:
        body = json.loads(note)
    except (ValueError, RecursionError) as error:
        raise BadInputError(f"the evidence note is not JSON: {error}") from error
    match body:
        case {"payloadType": str(kind), "payload": str(payload), "signatures": [{"sig": str(sig)}]}:
            if kind != PAYLOAD_TYPE:
                raise BadInputError(f"the evidence envelope holds {kind!r}, not a statement")
            return Sealed(_decoded(payload), _decoded(sig).decode("ascii", "replace"))
        case {"payloadType": _} | {"signatures": _}:
            raise BadInputError("the evidence envelope is not of the form we write")
    return Sealed(note)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error) as error:
        raise BadInputError("the evidence envelope is not base64") from error
