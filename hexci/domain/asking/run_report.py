"""A finished run as its record in git tells it: all that is published comes from here."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from hexci.domain.canonical import Json
from hexci.domain.outcome import Outcome
from hexci.domain.stored_run import about
from hexci.errors import BadInputError

# cached tokens are among the prompt's
_TOKENS = ("prompt_tokens", "completion_tokens")


@dataclass(frozen=True, slots=True)
class Turn:
    """One candidate's turn."""

    name: str
    outcome: str
    seconds: float
    summary: str


@dataclass(frozen=True, slots=True)
class GateStep:
    """One step of the gate: its name, `passed` or how else it ended, the sentence it said."""

    name: str
    status: str
    reason: str
    seconds: float


@dataclass(frozen=True, slots=True)
class RunReport:
    """How a run ended; text in it may be an agent's. `patch` has surrogates for stray bytes.

    `unpriced`: of some of the tokens nobody knows the price, so `usd` is not all that was spent.
    """

    run: str
    outcome: Outcome
    reason: str
    task: str
    base: str
    evidence: str
    branch: str
    commit: str
    tree: str
    candidate: str
    evidence_digest: str
    isolation: str
    seconds: float
    steps: tuple[GateStep, ...]
    turns: tuple[Turn, ...]
    notes: tuple[str, ...]
    patch: str
    usd: float
    tokens: int
    unpriced: bool = False


def read_report(run: str, files: Mapping[str, bytes]) -> RunReport:
    """The report of a record. Raises BadInputError when the run has no end, or is unreadable."""
    facts = about(files)
    plan = _json(files.get("plan.json", b"{}"))
    steps = _json(files.get("gate.json", b"[]"))
    if facts.get("status") != "ended" or not isinstance(plan, dict) or not isinstance(steps, list):
        raise BadInputError(f"the record of run {run} has no readable end")
    tried = facts.get("tried")
    turns = [t for t in tried if isinstance(t, dict)] if isinstance(tried, list) else []
    usages = [dict(_pairs(turn.get("usage"))) for turn in turns]
    evidence, notes = plan.get("evidence"), plan.get("notes")
    return RunReport(
        run=run,
        outcome=_outcome(facts.get("outcome")),
        reason=_text(facts, "reason"),
        task=_text(plan, "task"),
        base=_text(plan, "base_commit"),
        evidence=_text(evidence, "command") if isinstance(evidence, dict) else "",
        branch=_text(facts, "branch"),
        commit=_text(facts, "commit"),
        tree=_text(facts, "tree"),
        candidate=_text(facts, "candidate"),
        evidence_digest=_text(facts, "evidence_digest"),
        isolation=_text(facts, "isolation"),
        seconds=_number(facts.get("seconds")),
        steps=tuple(_step(step) for step in steps if isinstance(step, dict)),
        turns=tuple(_turn(turn) for turn in turns),
        notes=tuple(str(note) for note in notes) if isinstance(notes, list) else (),
        patch=files.get("patch.diff", b"").decode("utf-8", "surrogateescape"),
        usd=sum(_number(usage.get("usd")) for usage in usages),
        tokens=sum(_tokens(usage) for usage in usages),
        unpriced=any(_tokens(usage) and usage.get("usd") is None for usage in usages),
    )


def _json(text: bytes) -> Json:
    try:
        value: Json = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInputError(f"a file of the record is not JSON: {error}") from error
    return value


def _outcome(value: Json) -> Outcome:
    # a run that was killed is `lost` in its record
    known = isinstance(value, str) and value in set(Outcome)
    return Outcome(str(value)) if known else Outcome.INFRA_ERROR


def _step(step: dict[str, Json]) -> GateStep:
    status, reason = _text(step, "status"), _text(step, "reason")
    return GateStep(_text(step, "step"), status, reason, _number(step.get("seconds")))


def _turn(turn: dict[str, Json]) -> Turn:
    seconds = _number(turn.get("seconds"))
    return Turn(_text(turn, "name"), _text(turn, "outcome"), seconds, _text(turn, "summary"))


def _tokens(usage: Mapping[str, Json]) -> int:
    return sum(int(_number(usage.get(kind))) for kind in _TOKENS)


def _pairs(value: Json) -> list[tuple[str, Json]]:
    if not isinstance(value, list):
        return []
    return [(str(p[0]), p[1]) for p in value if isinstance(p, list) and len(p) == 2]


def _text(facts: dict[str, Json], name: str) -> str:
    value = facts.get(name, "")
    return value if isinstance(value, str) else ""


def _number(value: Json) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
