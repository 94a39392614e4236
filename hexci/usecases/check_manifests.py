"""`validate` and `lint`: every manifest that was read, compiled; what is wrong or merely odd."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from hexci.domain.law.caps import VERBS, Cap, CapLayer
from hexci.domain.law.limits import smallest
from hexci.domain.manifests.conditions import Literal, condition_references
from hexci.domain.manifests.faults import Fault, Origin
from hexci.domain.manifests.pipeline import NODE_KINDS, Macro, Pipeline
from hexci.domain.manifests.program import Program, Step
from hexci.domain.manifests.shelf import Manifest, Scope, Shelf
from hexci.domain.manifests.templates import Reference, references
from hexci.usecases.check_system import check_system
from hexci.usecases.compile_pipeline import compile_pipeline

_ALL = CapLayer("whoever uses the macro", tuple(Cap(verb) for verb in VERBS))
# Which verbs each kind of node may use besides those it always needs.
_MAY_USE = {
    "agent": {"llm", "tool", "fs.read", "fs.write", "git.commit", "git.push", "net"},
    "analyze": {"state"},
    "adr": {"state"},
    "review": {"state", "llm", "fs.read", "tool", "net"},
    "run": {"net"},
    "gate": {"fs.read"},
    "pr": {"git.push"},
}
# Kinds of nodes that may ask a model.
_ASKING = frozenset({"agent", "review"})


@dataclass(slots=True)
class _Found:
    faults: list[Fault] = field(default_factory=list)
    programs: list[tuple[Pipeline, Program]] = field(default_factory=list)


def check_manifests(shelf: Shelf, *, lint: bool) -> tuple[Fault, ...]:
    """What is wrong with the pipelines, macros and systems on the shelf."""
    found = _Found()
    for file in shelf.files:
        scope = shelf.scope(file)
        for pipeline in (*shelf.pipelines(file), *_as_pipelines(shelf, file)):
            program, faults = compile_pipeline(pipeline, scope)
            found.faults += faults
            if program is not None:
                found.programs.append((pipeline, program))
        for system in shelf.systems(file):
            found.faults += check_system(system, shelf)
    if lint:
        for pipeline, program in found.programs:
            if pipeline.caps is not _ALL:
                found.faults += _lint(pipeline, program)
        found.faults += _unused_definitions(shelf)
    return tuple(dict.fromkeys(found.faults))


def _as_pipelines(shelf: Shelf, file: str) -> Iterator[Pipeline]:
    """Macros are checked as they stand, used or not."""
    for manifest in shelf.files[file]:
        if isinstance(manifest, Macro):
            yield Pipeline(
                manifest.name, manifest.nodes, manifest.inputs, dict(manifest.outputs), _ALL,
                origin=manifest.origin,
            )  # fmt: skip


def _lint(pipeline: Pipeline, program: Program) -> Iterator[Fault]:
    used = set(_references(program))
    for name in pipeline.inputs:
        if not any(ref.parts[:2] == ("inputs", name) for ref in used):
            at = ("spec", "inputs", name)
            yield Fault("MAN101", pipeline.origin, at, f"nothing reads the input {name!r}")
    kinds = {kind for step in program.steps for kind in _kinds(step)}
    secrets = {ref.parts[1] for ref in used if ref.parts[0] == "env" and len(ref.parts) > 1}
    yield from _unused_caps(pipeline, kinds, secrets)
    limits = smallest([program.ceiling])
    allowed = {cap.verb for cap in pipeline.caps.allow or ()}
    if "llm" in allowed and kinds & _ASKING and limits.usd is limits.tokens is None:
        said = f"{pipeline.name} may ask models without a limit of dollars or tokens"
        yield Fault("MAN103", pipeline.origin, ("spec",), said)
    if limits.seconds is None:
        yield Fault("MAN104", pipeline.origin, ("spec",), f"{pipeline.name} has no time limit")
    for step in program.steps:
        if isinstance(step.when, Literal) and not step.when.value:
            path = ("spec", "nodes", step.name, "when")
            yield Fault("MAN106", pipeline.origin, path, f"{step.name} never runs")


def _unused_caps(pipeline: Pipeline, kinds: set[str], secrets: set[str]) -> Iterator[Fault]:
    from_kinds = {verb for kind in kinds for verb in _needed(kind)}
    from_kinds |= {"state"} if pipeline.lock or pipeline.budget or pipeline.entity else set()
    for number, cap in enumerate(pipeline.caps.allow or ()):
        used = cap.verb in from_kinds
        if cap.verb == "secret":  # named by a node, or the key of whatever model an agent asks
            used = cap.scope in secrets or bool(kinds & _ASKING)
        if not used:
            path = ("spec", "caps", number)
            said = f"no node of {pipeline.name} uses {cap}"
            yield Fault("MAN102", pipeline.origin, path, said)


def _needed(kind: str) -> Iterable[str]:
    return {*NODE_KINDS[kind].caps, *_MAY_USE.get(kind, ())}


def _kinds(step: Step) -> tuple[str, ...]:
    return (step.kind, step.each.kind) if step.each else (step.kind,)


def _references(program: Program) -> Iterator[Reference]:
    for step in program.steps:
        yield from references(step.arguments)
        if step.each is not None:
            yield from references(step.each.over)
            yield from references(step.each.arguments)
        if step.when is not None:
            yield from condition_references(step.when)
    for template in program.outputs.values():
        yield from references(template)


def _unused_definitions(shelf: Shelf) -> Iterator[Fault]:
    """Macros and policies of a file that has pipelines, which none of them names."""
    for file, manifests in shelf.files.items():
        if not shelf.pipelines(file):
            continue
        scope = shelf.scope(file)
        for kind, named in _named(manifests, scope).items():
            for name, origin in named.items():
                said = f"nothing in {file} uses the {kind} {name!r}"
                yield Fault("MAN105", origin, ("metadata", "name"), said)


def _named(manifests: Iterable[Manifest], scope: Scope) -> Mapping[str, dict[str, Origin]]:
    nodes = [node for pipeline in scope.pipelines.values() for node in pipeline.nodes]
    nodes += [node for macro in scope.macros.values() for node in macro.nodes]
    macros = {str(node.arguments.get("macro")) for node in nodes if node.kind == "use"}
    policies = {node.policy for node in nodes}
    own = set(map(id, manifests))
    return {
        "macro": {
            m.name: m.origin for m in scope.macros.values() if id(m) in own and m.name not in macros
        },
        "policy": {
            p.name: p.origin
            for p in scope.policies.values()
            if id(p) in own and p.name not in policies
        },
    }
