"""Wires what a system's job takes from the jobs before it, hands on and pushes."""

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hexci.adapters.git.quarters import Quarters
    from hexci.adapters.machine.job import SystemPart, WorkflowJob
    from hexci.compose.systems import EndedSystem, LoadedSystem
    from hexci.domain.canonical import Json
    from hexci.domain.redaction import Redactor
    from hexci.ports.doer import Done


def piped_in(
    found: "LoadedSystem", part: "SystemPart", job: "WorkflowJob"
) -> "dict[str, dict[str, Json]]":
    """What earlier processes gave, by process."""
    from hexci.domain.handing_on import file_values, handed_values

    each = {process.name: process.each for process in found.system.processes}
    givers = {pipe.giver for pipe in found.system.pipes if pipe.taker == part.process}
    outputs = _needs(part.needs)
    values: dict[str, dict[str, Json]] = {}
    for giver in sorted(givers):
        items = each[giver]
        if items is None:
            said = outputs.get(giver, "")
            values[giver] = handed_values(giver, said, _taken(job, f"{giver}.json"))
        else:
            files = [_taken(job, f"{giver}.{number}.json") for number in range(len(items))]
            values[giver] = {"items": [{"outcome": "ok", **file_values(giver, f)} for f in files]}
    return values


def _needs(text: str) -> dict[str, str]:
    """The output `pipes` of each job in GitHub's context `needs`."""
    from hexci.errors import BadInputError

    try:
        needs = json.loads(text or "{}")
        return {name: str(need["outputs"].get("pipes", "")) for name, need in needs.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInputError(f"the input `pipes` is not toJSON(needs): {error!r}") from error


def _taken(job: "WorkflowJob", name: str) -> bytes | None:
    place = job.scratch / "hexci-taken" / name
    return place.read_bytes() if place.is_file() else None


def handed_on(
    found: "LoadedSystem", part: "SystemPart", done: "Done", job: "WorkflowJob", redact: "Redactor"
) -> dict[str, str]:
    """Outputs for the jobs after this one; what is too large for them goes into a file."""
    from hexci.domain.canonical import canonical
    from hexci.domain.handing_on import hand_on
    from hexci.errors import DeniedError

    wanted = {
        value.partition(".out.")[2]
        for pipe in found.system.pipes
        if pipe.giver == part.process
        for value in pipe.values.values()
    }
    values = {name: done.outputs.get(name) for name in sorted(wanted)}
    text = canonical(values).decode("utf-8", "replace")
    if redact(text) != text:
        raise DeniedError(
            f"what {part.process} hands on holds a secret", "Let the process that needs it read it."
        )
    givers = len({pipe.giver for pipe in found.system.pipes})
    handed = hand_on(values, givers=givers, always_file=part.item is not None)
    if handed.file:
        item = "" if part.item is None else f".{part.item}"
        place = job.scratch / "hexci-given" / f"{part.process}{item}.json"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(handed.file)
    return {"pipes": handed.said, "handed": "true" if handed.file else "false"}


def push_record(ended: "EndedSystem", job: "WorkflowJob", quarters: "Quarters") -> None:
    """Pushes the record of a process, and what its agents committed."""
    import time

    from hexci.adapters.git.origin import GitOrigin

    origin = GitOrigin(quarters.vault, f"{job.server}/{job.repository}.git", job.token, time.sleep)
    origin.push_run(ended.run, "")
    for run, branch in _proposals(ended, quarters):
        origin.push_run(run, branch)


def _proposals(ended: "EndedSystem", quarters: "Quarters") -> list[tuple[str, str]]:
    """Runs of agents inside the process, and the branches they left."""
    from hexci.compose.records import records_of

    stored = records_of(quarters.vault.checkout).load(ended.run)
    found = []
    for name, text in (stored.files if stored else {}).items():
        if name.startswith("nodes/") and name.endswith("/result.json"):
            outputs = json.loads(text).get("outputs", {})
            given = (outputs, *outputs.get("items", ()))
            made = [one for one in given if isinstance(one, dict) and one.get("branch")]
            found += [(str(one["run"]), str(one["branch"])) for one in made if one.get("run")]
    return found
