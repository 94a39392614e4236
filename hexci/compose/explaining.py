"""Wires what `hexci explain` tells: rules, kinds and their fields, capabilities, exit codes."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hexci.domain.rule import Rule


# a rule's letters → the module whose RULES hold its page
RULE_TABLES = {
    "ADR": "hexci.domain.ledger.rules.table",
    "MAN": "hexci.domain.manifests.rules",
    "REV": "hexci.domain.review.rules",
    "WF": "hexci.domain.workflows.rules.table",
}


def explained(topic: str) -> str:
    """The page of a rule, a kind, a field (`Pipeline.spec.caps`), `caps`, `nodes`, a run, ….

    Raises BadInputError for what there is nothing about.
    """
    from hexci.domain.rule import page

    wanted = topic.upper()
    rules = known_rules()
    named = [rule for rule in rules if wanted in {rule.id, rule.name.upper()}]
    if named:  # a word may be the name of several
        return "\n".join(map(page, named))
    if topic in TOPICS:
        return TOPICS[topic]()
    if topic[:1].isupper() and "-" not in topic and not topic[-1:].isdigit():
        return _field(topic)
    return _cap_or_run(topic)


def known_rules() -> "list[Rule]":
    """Every rule that has a page, by id."""
    import importlib

    rules = [
        rule for module in RULE_TABLES.values() for rule in importlib.import_module(module).RULES
    ]
    return sorted([*rules, *_boundary_rules()], key=lambda rule: rule.id)


def _boundary_rules() -> "list[Rule]":
    from hexci.domain.boundaries.rule_table import RULES
    from hexci.domain.rule import Rule

    return [Rule(one.id, one.type, one.title, one.why, one.fix, "", "") for one in RULES]


def _field(path: str) -> str:
    from hexci.adapters.manifests.kinds import MODELS
    from hexci.adapters.manifests.schemas import described
    from hexci.errors import BadInputError

    try:
        return described(path)
    except KeyError as error:
        kind = path.partition(".")[0]
        known = ", ".join(MODELS)
        hint = f"See: hexci explain {kind}" if kind in MODELS else f"The kinds: {known}"
        raise BadInputError(f"there is no {error.args[0]!r} in {path}", hint) from error


def _cap_or_run(topic: str) -> str:
    from hexci.domain.law.caps import VERBS
    from hexci.errors import BadInputError

    verb = VERBS.get(topic.partition(":")[0])
    if verb is not None:
        scope = f"\nScope: {verb.scope}.\n" if verb.scope else "\nIt takes no scope.\n"
        token = f"\nIn a workflow: {', '.join(verb.permissions)}\n" if verb.permissions else ""
        return f"# {verb.name}\n\nLets a pipeline {verb.means}.\n{scope}{token}"
    if topic[:1].isdigit() or topic == "last":
        from hexci.compose.records import run_record_as

        return run_record_as(topic, as_json=False)
    known = (
        "a rule (hexci explain lists them)\n  a kind or field: Pipeline.spec.nodes\n  "
        "caps, or one such as fs.write\n  nodes, exit-codes\n  a run's id"
    )
    raise BadInputError(f"there is nothing about {topic!r}", f"What can be explained:\n  {known}")


def _caps() -> str:
    from hexci.domain.law.caps import VERBS

    lines = [f"  {verb.name:10} {verb.means}{f' ({verb.scope})' if verb.scope else ''}"
             for verb in VERBS.values()]  # fmt: skip
    return "# Capabilities\n\n`verb` or `verb:scope`. Nothing is granted unless it is named; a " + (
        "child has never more\nthan its parent; deny wins; an unknown one is an error.\n\n"
        + "\n".join(lines)
        + "\n"
    )


def _nodes() -> str:
    from hexci.domain.manifests.pipeline import NODE_KINDS

    lines = []
    for kind in NODE_KINDS.values():
        needs = f"; needs {', '.join(kind.caps)}" if kind.caps else ""
        gives = ", ".join(f"{name} ({what})" for name, what in kind.gives.items())
        lines.append(f"  {kind.name:8} {kind.means}{needs}" + (f"\n           gives {gives}"
                     if gives else ""))  # fmt: skip
    return "# Kinds of nodes\n\n" + "\n".join(lines) + "\n"


def _exit_codes() -> str:
    from hexci.domain.outcome import Outcome

    lines = []
    for code in sorted({outcome.exit_code for outcome in Outcome}):
        names = ", ".join(o.value for o in Outcome if o.exit_code == code)
        lines.append(f"  {code}  {names}")
    return "# Exit codes and their outcomes\n\n" + "\n".join(lines) + "\n"


TOPICS = {"caps": _caps, "nodes": _nodes, "exit-codes": _exit_codes}
