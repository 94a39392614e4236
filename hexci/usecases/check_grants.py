"""The law of a pipeline, read before it runs: no node needs more than it is granted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hexci.domain.law.caps import Authority, Cap
from hexci.domain.manifests.faults import Fault, Path
from hexci.domain.manifests.pipeline import NODE_KINDS, Node, Pipeline
from hexci.domain.manifests.templates import compiled, references
from hexci.usecases.check_references import RUN_FACTS


def check_state(pipeline: Pipeline) -> Iterator[Fault]:
    """A lock, a budget, an entity is state that is changed, so it has to be granted."""
    granted = {cap.verb for cap in pipeline.caps.allow or ()}
    if (pipeline.lock or pipeline.budget or pipeline.entity) and "state" not in granted:
        said = f"{pipeline.name} needs state for its lock, budget or entity, and does not grant it"
        yield Fault("MAN010", pipeline.origin, ("spec",), said, "Grant it: caps: [state]")


def check_transition(pipeline: Pipeline) -> Iterator[Fault]:
    """The name of an entity is known before the first node starts: from inputs and the run."""
    if pipeline.entity is None:
        return
    path = ("spec", "entity", "id")
    try:
        named = tuple(references(compiled(pipeline.entity.id)))
    except ValueError as error:
        yield Fault("MAN007", pipeline.origin, path, str(error))
        return
    for reference in named:
        first, *rest = reference.parts
        known = {"inputs": set(pipeline.inputs), "run": RUN_FACTS}.get(first, set())
        if len(rest) != 1 or rest[0] not in known:
            said = f"{reference}: an entity is named by inputs and facts of the run"
            yield Fault("MAN007", pipeline.origin, path, said)


@dataclass(frozen=True, slots=True)
class Grants:
    """What a pipeline grants its nodes."""

    pipeline: Pipeline
    authority: Authority

    def faults(self, node: Node, secrets: Iterable[str]) -> Iterator[Fault]:
        """What `node` needs or asks for and has not; `secrets` are the variables it names."""
        name = self.pipeline.name
        granted = {cap.verb for cap in self.pipeline.caps.allow or ()}
        wanted = {verb for kind in _kinds(node) for verb in NODE_KINDS[kind].caps}
        for verb in sorted(wanted - granted):
            said = f"{node.name} needs {verb}, which pipeline {name} does not grant"
            yield _fault(node, (), said, f"Grant it: spec.caps: [{verb}]")
        for cap in node.caps.allow or () if node.caps else ():
            if cap.verb not in granted:
                said = f"{node.name} asks for {cap}, more than pipeline {name} has"
                yield _fault(node, ("caps",), said)
        if node.caps is not None and node.caps.allow is not None:
            own = {cap.verb for cap in node.caps.allow}
            for verb in sorted((wanted & granted) - own):
                said = f"{node.name} needs {verb}, which its own caps do not allow"
                yield _fault(node, ("caps",), said)
        law = self.authority.narrowed(node.caps) if node.caps else self.authority
        for secret in secrets:
            refusal = law.refusal("secret", secret)
            if refusal:
                fix = f"Grant it: spec.caps: [{Cap('secret', secret)}]"
                yield _fault(node, (), f"{node.name}: {refusal}", fix)


def _kinds(node: Node) -> Iterator[str]:
    yield node.kind
    if node.kind == "foreach":
        body = node.arguments["do"]
        yield from (k for k, v in body.items() if v is not None) if isinstance(body, dict) else ()


def _fault(node: Node, at: Path, message: str, fix: str = "") -> Fault:
    return Fault("MAN010", node.origin, (*node.path, *at), message, fix)
