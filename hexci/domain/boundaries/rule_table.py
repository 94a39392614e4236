"""Every rule that `hexci analyze` can report: the one table the docs are made from."""

from hexci.domain.finding import Severity
from hexci.domain.named_tuple import NamedTuple


class RuleEntry(NamedTuple):
    """A rule's id, the word for it in the config, what it says and what to do."""

    id: str
    type: str
    title: str
    why: str
    fix: str
    severity: Severity = Severity.ERROR


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

RULES = (
    RuleEntry(
        "HX001", "layers", "A layer imports one it may not",
        "Layers keep a change in one place from reaching every other.",
        "Depend on the inner layer's words instead, or record it: "
        "hexci analyze --update-baseline --reason '…'",
    ),
    RuleEntry(
        "HX002", "forbidden", "A forbidden import",
        "The config forbids these modules to know those.",
        "Remove the import, or record it: hexci analyze --update-baseline --reason '…'",
    ),
    RuleEntry(
        "HX003", "independence", "Modules that stand apart import each other",
        "Independent modules can be changed, replaced and deleted one at a time.",
        "Move what both need into a module below them.",
    ),
    RuleEntry(
        "HX004", "acyclic", "An import cycle",
        "Modules in a cycle can only be understood, tested and loaded together.",
        "Move what both need into a module that imports neither.",
    ),
    RuleEntry(
        "HX005", "interfaces", "A package is used past its interface",
        "What is not in the interface may change without notice.",
        "Import it from the interface, or add it there.",
    ),
    RuleEntry(
        "HX006", "protected", "A protected module is imported by another than its users",
        "Only the modules that the config names may know it.",
        "Go through one of the modules that may.",
    ),
    RuleEntry(
        "HX007", "external", "A package from outside where it may not be used",
        "A library that only one layer knows can be replaced there.",
        "Use it behind a port, in the layer that may.",
    ),
    RuleEntry(
        "HX008", "internal", "A Go internal package is imported from outside its parent",
        "The Go compiler refuses it too.",
        "Move the package, or what uses it.",
    ),
    RuleEntry(
        "HX009", "exhaustive", "A module that no layer has",
        "The layers are said to be all there is; a module outside them is under no rule.",
        "Name it in one of the layers.",
    ),
    RuleEntry(
        "HX010", "unused-ignore", "An ignore that ignores nothing",
        "Exceptions that are no longer needed hide the next mistake.",
        "Remove it.",
    ),
    RuleEntry(
        "HX011", "bad-ignore", "An ignore without a rule or a reason, or past its date",
        "Who reads an exception must learn why it is there and until when.",
        "Write: hexci: ignore[HX001] because …, until=YYYY-MM-DD",
    ),
    RuleEntry(
        "HX012", "stale-baseline", "A baseline entry that is no longer needed",
        "The baseline may only shrink; what was mended must not come back unseen.",
        "Run: hexci analyze --update-baseline",
    ),
    RuleEntry(
        "HX013", "coverage", "Less of the tree is known than the config asks for",
        "A grade over half a tree says nothing about the other half.",
        "Name the modules in a rule, exclude them, or lower `coverage`.", _W,
    ),
    RuleEntry(
        "HX020", "unreadable", "A file that could not be read in full",
        "Imports in the part that could not be read are not checked.",
        "Mend the file, or exclude it.", _W,
    ),
    RuleEntry(
        "HX021", "unresolved", "An import of something that is not there",
        "An import that leads nowhere is checked by no rule.",
        "Mend the import, or add the missing root to `roots`.", _W,
    ),
    RuleEntry(
        "HX030", "cycles", "An import cycle (told, not judged)",
        "Modules in a cycle can only be understood, tested and loaded together.",
        "Add a rule `type: acyclic` to forbid it.", _N,
    ),
    RuleEntry(
        "HX031", "unused-port", "A port that nobody uses",
        "A port without a use case or without an adapter is a promise nobody keeps.",
        "Remove it, or use it.", _N,
    ),
    RuleEntry(
        "HX032", "dead-module", "A module that nobody imports",
        "Code that nothing reaches is read, built and kept for nothing.",
        "Remove it, or say where it is entered.", _N,
    ),
    RuleEntry(
        "HX033", "dead-export", "A public name that nobody imports",
        "A name that nothing asks for is kept working, documented and tested for nobody.",
        "Remove it, or start its name with an underscore.", _N,
    ),
)  # fmt: skip

BY_ID = {entry.id: entry for entry in RULES}
BY_TYPE = {entry.type: entry for entry in RULES}


def rule_id(type_name: str) -> str:
    """The id of the rule with this word."""
    return BY_TYPE[type_name].id
