"""A debate for a person: a Mermaid sequence that GitHub draws; and for a program."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence

from hexci.domain.canonical import Json
from hexci.domain.debate.letter import ALL, Kind, Letter
from hexci.domain.debate.log import Log
from hexci.domain.debate.roles import CONDUCTOR

_MOST = 60
# What tells most of each payload, in order.
_TELLING = ("reason", "objections", "outcome", "claims", "artifact", "files", "carried", "for",
            "proposal", "tree", "gate", "challenge", "target")  # fmt: skip
_HASH = re.compile(r"(?:sha256:)?\b([0-9a-f]{12})[0-9a-f]{28,52}\b")
_DASHED = frozenset({Kind.ANSWER, Kind.RESULT, Kind.VOTE})
_LOST = frozenset({Kind.FAILURE, Kind.ABORT})


def as_sequence(log: Log) -> str:
    """One arrow a message; what goes to all is a note over all."""
    speaking = [r for r in _roles(log) if any(r in {lt.sender, lt.to} for lt in log.letters)]
    lines = ["sequenceDiagram"]
    for name in speaking:
        by = log.roles[name].by if name in log.roles else ""
        shown = f"{name}<br/>{_safe(by)}" if by else name
        lines.append(f"  participant {_id(name)} as {shown}")
    for letter in log.letters:
        lines += _arrows(letter, log, speaking)
    return "\n".join(lines) + "\n"


def as_document(run: str, log: Log, faults: Sequence[str]) -> str:
    """One JSON document."""
    document: dict[str, Json] = {
        "run": run,
        "trouble": list(faults),
        "signed": all(letter.signature for letter in log.letters),
        "roles": {name: role.document() for name, role in log.roles.items()},
        "open_talks": list(log.open_talks),
        "messages": [json.loads(letter.line) for letter in log.letters],
    }
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def as_refusal(run: str, faults: Sequence[str]) -> str:
    """Why the debate is not shown."""
    lines = [f"the messages of {run} cannot be believed:", *(f"  {fault}" for fault in faults)]
    return "\n".join([*lines, "tampered"]) + "\n"


def _arrows(letter: Letter, log: Log, speaking: Sequence[str]) -> Iterable[str]:
    if letter.kind is Kind.ROSTER:
        signed = "signed" if letter.signature else "NOT SIGNED: no ssh-keygen here"
        yield f"  Note over {_over(speaking)}: {len(log.roles)} roles, {signed}"
        return
    said = _safe(f"{letter.kind}: {_telling(letter.payload)}".rstrip(": "))
    if letter.to == ALL:
        yield f"  Note over {_over(speaking)}: {letter.sender}: {said}"
        return
    arrow = "-->>" if letter.kind in _DASHED else "--x" if letter.kind in _LOST else "->>"
    yield f"  {_id(letter.sender)}{arrow}{_id(letter.to)}: {said}"


def _telling(payload: Mapping[str, Json]) -> str:
    for name in _TELLING:
        value = payload.get(name)
        if (
            value is None
            or value == ""
            or (not value and name == "objections" and "for" in payload)
        ):
            continue
        if not value and isinstance(value, (list, dict)):
            return f"no {name}"
        if isinstance(value, (list, dict)):
            return f"{len(value)} {name}: {next(iter(value))}"
        return f"{value}" if isinstance(value, str) else f"{name} {str(value).lower()}"
    return ""


def _roles(log: Log) -> list[str]:
    """The conductor first, then everybody in the order of the first word to or from them."""
    order: dict[str, None] = {CONDUCTOR: None}
    for letter in log.letters:
        for name in (letter.sender, letter.to):
            if name != ALL:
                order[name] = None
    return list(order)


def _over(speaking: Sequence[str]) -> str:
    return _id(speaking[0]) if len(speaking) == 1 else f"{_id(speaking[0])},{_id(speaking[-1])}"


def _id(name: str) -> str:
    return name.replace("-", "_")


def _safe(text: str) -> str:
    """One bounded line without what Mermaid would read as its own."""
    line = _HASH.sub(r"\1", " ".join(text.split()))
    short = line if len(line) <= _MOST else line[: _MOST - 1] + "…"
    marks = {"#": "#35;", ";": "#59;", "<": "#lt;", ">": "#gt;", "&": "#amp;", '"': "#quot;"}
    return "".join(marks.get(letter, letter) for letter in short if letter.isprintable())
