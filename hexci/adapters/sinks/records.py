"""Run records for a person and for a program."""

import json
from collections.abc import Mapping, Sequence

from hexci.domain.canonical import Json, plain
from hexci.domain.debate.log import MESSAGES
from hexci.domain.run_line import DenialLine, RunLine
from hexci.domain.stored_run import about, complaints, journal_of


def runs_as_text(lines: Sequence[RunLine]) -> str:
    """One line a run."""
    if not lines:
        return "no runs yet: hexci do TASK --evidence CMD\n"
    return "".join(_line(line) for line in lines)


def denials_as_text(lines: Sequence[DenialLine]) -> str:
    """One line a denial."""
    if not lines:
        return "nothing was denied\n"
    return "".join(
        f"{d.run}  {d.at}  {d.kind:6}  {d.who:16} {d.effect:24} {d.reason}".rstrip() + "\n"
        for d in lines
    )


def as_document(value: object) -> str:
    """Any value of ours as one JSON document."""
    return json.dumps(plain(value), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def record_as_text(run: str, files: Mapping[str, bytes]) -> str:
    """What happened, event by event, then the patch and the names of the other files."""
    facts = about(files)
    lines = [
        f"run       {run}",
        f"outcome   {facts.get('outcome', facts.get('status', ''))}",
        f"task      {facts.get('task', '')}",
        f"base      {facts.get('base_commit', '')}",
    ]
    told = ("reason", "candidate", "branch", "commit", "evidence_digest", "isolation")
    lines += [f"{name[:9]:9} {facts[name]}" for name in told if facts.get(name)]
    lines += ["", *(_event(e.at, e.type, e.span, e.data) for e in journal_of(files).entries)]
    lines += [f"TROUBLE   {said}" for said in complaints(files)]
    patch = files.get("patch.diff", b"").decode("utf-8", "replace").rstrip()
    lines += ["", patch] if patch else []
    calls = sum(name.startswith("calls/") for name in files)
    names = [name for name in sorted(files) if not name.startswith("calls/")]
    lines += ["", "files: " + " ".join(names)]
    lines += [f"       and {calls} replies of models in calls/"] if calls else []
    lines += [f"one of them: hexci show {run} --log NAME"]
    lines += [f"what was said: hexci show {run} --messages"] if MESSAGES in files else []
    return "\n".join(lines) + "\n"


def record_as_document(run: str, files: Mapping[str, bytes]) -> str:
    """The record as one JSON document; logs and patch as text."""
    texts = {
        name: content.decode("utf-8", "replace")
        for name, content in files.items()
        if name not in {"run.json", "events.ndjson"}
    }
    document: dict[str, Json] = {
        **about(files),
        "run": run,
        "events": [plain(entry) for entry in journal_of(files).entries],
        "trouble": plain(complaints(files)),
        "files": plain(texts),
    }
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _line(line: RunLine) -> str:
    trouble = f"  TROUBLE: {'; '.join(line.trouble)}" if line.trouble else ""
    who = f"  {line.candidate}" if line.candidate else ""
    return f"{line.run}  {line.outcome:15} {line.seconds:6.1f} s{who}  {line.task[:60]}{trouble}\n"


def _event(at: str, kind: str, span: str, data: Mapping[str, Json]) -> str:
    said = " ".join(f"{name}={value}" for name, value in sorted(data.items()))
    return f"  {at}  {kind:18} {span:14} {said}".rstrip()
