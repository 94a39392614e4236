"""Reading an evidence statement back, as the untrusted claim it is."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from hexci.domain.canonical import Json
from hexci.domain.envelope import Sealed, opened
from hexci.domain.evidence import EvidenceSpec
from hexci.domain.evidence_statement import PREDICATE, STATEMENT
from hexci.errors import BadInputError


@dataclass(frozen=True, slots=True)
class StatedEvidence:
    """What a statement claims.

    `facts` holds every configuration entry by name, `sealed` the bytes it came as.
    """

    tree: str
    result: str
    passed: frozenset[str]
    evidence: EvidenceSpec
    facts: Mapping[str, Json]
    sealed: Sealed = field(default=Sealed(b""))

    @property
    def mode(self) -> str:
        """`fix`, `feature` or `refactor`."""
        return str(self.facts.get("mode", ""))

    @property
    def base_tree(self) -> str:
        """The tree that was red."""
        return str(self.facts.get("base_tree", ""))

    @property
    def run(self) -> str:
        """The run that made it."""
        return str(self.facts.get("run", ""))


def read_statement(note: bytes) -> StatedEvidence:
    """The claim in `note`. Raises BadInputError for anything that is not our statement."""
    sealed = opened(note)
    try:
        body = json.loads(sealed.payload)
    except (ValueError, RecursionError) as error:
        raise BadInputError(f"the evidence is not JSON: {error}") from error
    match body:
        case {
            "_type": str(kind),
            "predicateType": str(predicate),
            "subject": [{"digest": {"gitTree": str(tree)}}],
            "predicate": {
                "result": str(result),
                "configuration": list(entries),
                "passedTests": list(passed),
            },
        } if (kind, predicate) == (STATEMENT, PREDICATE):
            facts = _facts(entries)
            tests = frozenset(str(test) for test in passed)
            return StatedEvidence(tree, result, tests, _spec(facts.get("evidence")), facts, sealed)
    raise BadInputError("the evidence note is not a test-result statement of hexci")


def _facts(entries: list[object]) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for entry in entries:
        match entry:
            case {"name": str(name), "annotations": {"value": value}}:
                found[name] = value
            case _:
                raise BadInputError("a configuration entry of the evidence lacks its value")
    return found


def _spec(value: Json) -> EvidenceSpec:
    match value:
        case {"command": str(command), "timeout": int() | float() as limit, "report": str(report)}:
            return EvidenceSpec(command, float(limit), report)
    raise BadInputError("the evidence names no command")
