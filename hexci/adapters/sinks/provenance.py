"""What stands behind a commit, for a person and for a program."""

import json

from hexci.domain.canonical import Json, plain
from hexci.domain.provenance import Provenance


def as_text(found: Provenance) -> str:
    """The commit, then who and what proved it; or that nothing is recorded."""
    lines = [
        f"commit     {found.commit}",
        f"           {found.subject} ({found.author}, {found.date})",
    ]
    if found.place:
        lines.insert(0, f"line       {found.place.path}:{found.place.line}")
    stated = found.evidence
    if stated is None:
        lines.append("evidence   none is recorded here for this commit")
        lines.append(
            "           fetch it: git fetch origin 'refs/notes/hexci/*:refs/notes/hexci/*'"
        )
        return "\n".join(lines) + "\n"
    facts = stated.facts
    lines += [
        f"asked by   {facts.get('actor', '')}",
        f"made by    {facts.get('candidate', '')}",
        f"run        {stated.run}",
        f"evidence   {stated.evidence.command}",
        f"           {facts.get('mode', '')}, isolation {facts.get('isolation', '')}",
        f"turned     {', '.join(_texts(facts.get('fail_to_pass'))) or 'no single test'}",
        f"known by   {found.source}",
        f"prove it   hexci verify {found.commit[:12]}",
    ]
    return "\n".join(lines) + "\n"


def as_document(found: Provenance) -> str:
    """One JSON document."""
    stated = found.evidence
    document: dict[str, Json] = {
        "commit": found.commit,
        "author": found.author,
        "date": found.date,
        "subject": found.subject,
        "place": plain(found.place),
        "source": found.source,
        "evidence": None
        if stated is None
        else {"tree": stated.tree, "result": stated.result, **plain_facts(stated.facts)},
    }
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def plain_facts(facts: object) -> dict[str, Json]:
    """Facts as a JSON object."""
    body = plain(facts)
    return body if isinstance(body, dict) else {}


def _texts(value: Json) -> list[str]:
    return [str(item) for item in value[:5]] if isinstance(value, list) else []
