"""dependency-cruiser: the `forbidden` rules of its JSON, or of a JavaScript file that is data."""

import json
import re
from typing import Any

from hexci.adapters.migrations.reading import Proposal
from hexci.domain.canonical import Json
from hexci.errors import BadInputError

_COMMENT = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|/\*.*?\*/|//[^\n]*""", re.DOTALL)
_SINGLE = re.compile(r"""("(?:[^"\\]|\\.)*")|'((?:[^'\\]|\\.)*)'""")
_BARE_KEY = re.compile(r"""("(?:[^"\\]|\\.)*")|([{,]\s*)([A-Za-z_$][\w$]*)(\s*:)""")
_TRAILING = re.compile(r"""("(?:[^"\\]|\\.)*")|,(\s*[}\]])""")
_SEVERITY = {"error": "error", "warn": "warning", "info": "note"}
# what in a regular expression has no counterpart in a pattern
_NO_PATTERN = re.compile(r"[\[\]+?{}]|\(\?|\\[dws]|\$\d")


def read(name: str, text: bytes) -> Proposal | None:
    """The proposal."""
    try:
        table = json.loads(_as_json(text.decode()))
    except (ValueError, UnicodeDecodeError) as error:
        raise BadInputError(
            f"{name}: only plain data can be turned: {error}",
            "Write it out first: depcruise --init, or as .dependency-cruiser.json",
        ) from error
    proposal = Proposal()
    for rule in table.get("forbidden", []):
        _forbidden(rule, proposal)
    for kind in ("allowed", "required"):
        if table.get(kind):
            proposal.left_out.append(f"the {len(table[kind])} rules under {kind!r}")
    return proposal


def _forbidden(rule: dict[str, Any], proposal: Proposal) -> None:
    name = rule.get("name", "unnamed")
    made: dict[str, Json] = {"name": name}
    severity = _SEVERITY.get(rule.get("severity", "warn"))
    if severity is None:
        return
    source, target = rule.get("from", {}), rule.get("to", {})
    made["severity"] = severity
    if rule.get("comment"):
        made["why"] = rule["comment"]
    if target.get("circular"):
        proposal.rules.append({"type": "acyclic", **made})
        return
    sources, targets = _patterns(source.get("path")), _patterns(target.get("path"))
    known = {"path"} | ({"reachable"} if target.get("reachable") is True else set())
    if not sources or not targets or (target.keys() | source.keys()) - known:
        proposal.left_out.append(f"the rule {name!r}: {json.dumps([source, target])}")
        return
    transitive = {"transitive": True} if target.get("reachable") else {}
    proposal.rules.append(
        {"type": "forbidden", **made, "from": sources, "to": targets} | transitive
    )


def _patterns(value: object) -> list[Json]:
    """Path patterns for a regular expression that is a list of folders; else none."""
    parts = value if isinstance(value, list) else [value] if isinstance(value, str) else []
    found: list[Json] = []
    for part in parts:
        for piece in str(part).removeprefix("^").strip("()").split("|"):
            text = piece.removeprefix("^").removesuffix("$").replace("\\.", ".")
            text = text.replace("[^/].", "*").replace("[^/]+", "*").replace(".*", "**")
            if _NO_PATTERN.search(text) or not text:
                return []
            text = text.rstrip("/")
            found.append(text if "/" in text else f"{text}/")
    return found


def _as_json(text: str) -> str:
    """A JavaScript object literal as JSON; whatever is no data fails to load later."""
    text = _COMMENT.sub(lambda m: m[1] or "", text)
    start = text.find("{")
    body = text[start : text.rfind("}") + 1] if start >= 0 else text
    body = _SINGLE.sub(lambda m: m[1] or json.dumps(m[2].replace("\\'", "'")), body)
    body = _BARE_KEY.sub(lambda m: m[1] or f'{m[2]}"{m[3]}"{m[4]}', body)
    return _TRAILING.sub(lambda m: m[1] or m[2], body)
