"""What the agent's job hands to the job that may write: data, bound to one event and one base."""

import json
from dataclasses import asdict, dataclass, fields

from hexci.domain.canonical import canonical, digest
from hexci.domain.outcome import Outcome
from hexci.errors import BadInputError, DeniedError

DOCUMENT, PATCH = "handover.json", "patch.diff"
# Bytes. A change of more than this is not reviewed by anybody.
LARGEST_PATCH = 4 * 1024 * 1024
LARGEST_DOCUMENT = 64 * 1024


@dataclass(frozen=True, slots=True)
class Handover:
    """How a run of the agent's job ended.

    `repository`, `workflow_run` and `event` say for what it was made; `base` the commit that
    `patch` (its digest) applies to. `outcome`, `candidate` and `summary` are the agent's side of
    the story: nothing is believed of them.
    """

    repository: str
    workflow_run: str
    event: str
    base: str
    outcome: str
    candidate: str
    summary: str
    patch: str

    def document(self) -> bytes:
        """As it is written."""
        return canonical(asdict(self)) + b"\n"


def read_handover(
    document: bytes, patch: bytes, *, repository: str, workflow_run: str, event: str
) -> Handover:
    """The handover, if it is whole and was made for this very event in this very workflow run.

    Raises BadInputError for what is no handover, DeniedError for one of something else.
    """
    if len(document) > LARGEST_DOCUMENT or len(patch) > LARGEST_PATCH:
        raise BadInputError("the handover is larger than any honest one")
    try:
        stored = json.loads(document)
    except (ValueError, RecursionError) as error:
        raise BadInputError(f"the handover is not JSON: {error}") from error
    names = {field.name for field in fields(Handover)}
    if not isinstance(stored, dict) or set(stored) != names:
        raise BadInputError("the handover has other members than a handover has")
    if not all(isinstance(value, str) for value in stored.values()):
        raise BadInputError("the handover holds something that is no text")
    handed = Handover(**stored)
    if handed.outcome not in set(Outcome):
        raise BadInputError("the handover ends in no known outcome")
    bound = (handed.repository, handed.workflow_run, handed.event)
    if bound != (repository, workflow_run, event):
        raise DeniedError("the handover was made for another event, run or repository")
    if handed.patch != digest(patch):
        raise DeniedError("the patch is not the one that the handover names")
    return handed
