"""What one job of a system hands on to the next: values in an output, or a file and its digest."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from hexci.domain.canonical import Json, canonical, digest
from hexci.errors import BadInputError

# All that reaches a job stands in one variable of its environment, which holds 128 KiB.
_ROOM = 49_152
_LARGEST = 8_192


@dataclass(frozen=True, slots=True)
class Handed:
    """`said` is the job's output; `file` goes into an artifact, empty where nothing has to."""

    said: str
    file: bytes = b""


def hand_on(values: Mapping[str, Json], *, givers: int, always_file: bool) -> Handed:
    """What a process gives, for as many `givers` as the system has."""
    body = canonical({"values": dict(values)})
    if always_file or len(body) > min(_LARGEST, _ROOM // max(1, givers)):
        return Handed(canonical({"sha256": digest(body)}).decode(), body)
    return Handed(body.decode("utf-8", "replace"))


def handed_values(giver: str, said: str, file: bytes | None) -> dict[str, Json]:
    """The values of a process, from its job's output and the file that came with it.

    Raises BadInputError when they did not arrive, or not as they were sent.
    """
    if not said:
        raise BadInputError(
            f"{giver} handed nothing on", "GitHub drops outputs that look like a secret."
        )
    document = _object(said, giver)
    if "sha256" not in document:
        return _values(document, giver)
    if file is None or digest(file) != document["sha256"]:
        came = "did not arrive" if file is None else "is not what was sent"
        raise BadInputError(f"the artifact of {giver} {came}", "Run the whole workflow again.")
    return _values(_object(file.decode("utf-8", "replace"), giver), giver)


def file_values(giver: str, file: bytes | None) -> dict[str, Json]:
    """The values of one item of a process, of which only the file is there."""
    if file is None:
        raise BadInputError(f"the artifact of {giver} did not arrive")
    return _values(_object(file.decode("utf-8", "replace"), giver), giver)


def _values(document: Mapping[str, Json], giver: str) -> dict[str, Json]:
    values = document.get("values")
    if not isinstance(values, dict):
        raise BadInputError(f"what {giver} handed on cannot be read")
    return values


def _object(text: str, giver: str) -> dict[str, Json]:
    try:
        document = json.loads(text)
    except ValueError as error:
        raise BadInputError(f"what {giver} handed on is no JSON: {error}") from error
    if not isinstance(document, dict):
        raise BadInputError(f"what {giver} handed on cannot be read")
    return document
