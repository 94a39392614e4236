"""import-linter: `[tool.importlinter]` in TOML, or its INI form."""

import configparser
import tomllib

from hexci.adapters.migrations.reading import Proposal
from hexci.domain.canonical import Json
from hexci.errors import BadInputError

Table = dict[str, Json]
_SAME = "It was ignored in import-linter's config."


def read(name: str, text: bytes) -> Proposal | None:
    """The proposal; None when the file holds nothing of import-linter."""
    top, contracts = _toml(name, text) if name.endswith(".toml") else _ini(name, text)
    if not top and not contracts:
        return None
    roots = _list(top.get("root_packages")) or _list(top.get("root_package"))
    proposal = Proposal(spec={"include": [f"**/{root}/**" for root in roots]} if roots else {})
    type_only = str(top.get("exclude_type_checking_imports", "")).lower() != "true"
    for contract in contracts:
        _convert(contract, proposal, roots, type_only=type_only)
    return proposal


def _toml(name: str, text: bytes) -> tuple[Table, list[Table]]:
    try:
        table = tomllib.loads(text.decode()).get("tool", {}).get("importlinter", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInputError(f"{name}: {error}") from error
    return table, table.get("contracts", [])


def _ini(name: str, text: bytes) -> tuple[Table, list[Table]]:
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read_string(text.decode())
    except (configparser.Error, UnicodeDecodeError) as error:
        raise BadInputError(f"{name}: {error}") from error
    top: Table = dict(parser["importlinter"]) if parser.has_section("importlinter") else {}
    found: list[Table] = [
        dict(parser[section])
        for section in parser.sections()
        if section.startswith("importlinter:contract:")
    ]
    return top, found


def _convert(contract: Table, proposal: Proposal, roots: list[str], *, type_only: bool) -> None:
    kind, title = str(contract.get("type", "")), str(contract.get("name", ""))
    rule: Table = {"type": kind, "name": title}
    direct = str(contract.get("allow_indirect_imports", "")).lower() == "true"
    if kind == "layers":
        rule |= _layers(contract, proposal)
        rule["transitive"] = True
    elif kind == "forbidden":
        rule["from"] = _patterns(contract.get("source_modules"))
        targets = _list(contract.get("forbidden_modules"))
        inside = [name for name in targets if name.partition(".")[0] in roots]
        outside: list[Json] = [name for name in targets if name not in inside]
        if outside:
            proposal.rules.append({**rule, "type": "external", "deny": outside})
        if not inside:
            return
        rule |= {"to": [*inside], "transitive": not direct}
    elif kind == "independence":
        rule |= {"modules": _patterns(contract.get("modules")), "transitive": True}
    elif kind == "protected":
        rule["modules"] = _patterns(contract.get("protected_modules"))
        rule["allow"] = _patterns(contract.get("allowed_importers"))
    elif kind == "acyclic_siblings":
        within = _patterns(contract.get("ancestors"))
        rule = {"type": "acyclic", "name": title, "by": "package", "within": within}
    else:
        proposal.left_out.append(f"the contract {title!r} of type {kind!r}")
        return
    if not type_only:
        rule["type-only"] = False
    proposal.rules.append(rule)
    _ignores(contract, title, proposal)


def _layers(contract: Table, proposal: Proposal) -> Table:
    levels = []
    for item in _list(contract.get("layers")):
        if ":" in item:
            proposal.left_out.append(f"that the layers {item!r} may import each other")
        names = item.replace(":", "|").split("|")
        levels.append(" | ".join(name.strip(" ()") for name in names))
    made: Table = {"layers": [*levels]}
    containers = _list(contract.get("containers"))
    if containers:
        made["containers"] = [*containers]
    if str(contract.get("exhaustive", "")).lower() == "true":
        made["exhaustive"] = True
    return made


def _ignores(contract: Table, title: str, proposal: Proposal) -> None:
    for item in _list(contract.get("ignore_imports")):
        source, arrow, target = item.partition("->")
        if arrow:
            ends: Table = {"from": source.strip(), "to": target.strip()}
            proposal.ignores.append({"rule": title, **ends, "reason": _SAME})


def _list(value: Json) -> list[str]:
    if isinstance(value, list):
        return [str(item) for item in value]
    return [line.strip() for line in str(value or "").splitlines() if line.strip()]


def _patterns(value: Json) -> list[Json]:
    return [*_list(value)]
