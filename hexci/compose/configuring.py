"""Wires `hexci config`: every layer of the law as it stands in a commit, merged."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hexci.compose.law import ceiling_of
from hexci.compose.manifests import work_tree_name
from hexci.compose.pipelines import program_at
from hexci.compose.planning import config_at
from hexci.domain.law.narrowed import NOT_NARROWED, Narrowed

if TYPE_CHECKING:
    from hexci.domain.canonical import Json
    from hexci.domain.config import Config
    from hexci.domain.law.effective import Effective, Layer
    from hexci.domain.manifests.program import Program, Step


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose settings: of the repository, of a pipeline, of a node; and what is taken away now."""

    manifest: str = ""
    pipeline: str = ""
    node: str = ""
    narrowed: "Narrowed" = NOT_NARROWED


def shown(asked: Asked, base: str, *, as_json: bool, show_origin: bool) -> str:
    """The settings that count, for a person or a program."""
    from hexci.adapters.sinks.settings import as_document, as_text

    fields = effective_at(asked, base)
    return as_document(fields) if as_json else as_text(fields, show_origin=show_origin)


def effective_at(asked: Asked, base: str = "HEAD") -> "tuple[Effective, ...]":
    """The settings that count in a commit. Raises BadInputError for an unknown node."""
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import quarters_for
    from hexci.domain.law.effective import effective

    checkout = Checkout.at(Path.cwd())
    with quarters_for(checkout) as quarters:
        commit = checkout.resolve(base)
        layers = _config_layers(config_at(quarters, commit))
        if asked.manifest:
            name = work_tree_name(asked.manifest)
            found = program_at(quarters, commit, name, asked.pipeline)
            layers += _pipeline_layers(found.program, f"{name}#{found.program.name}", asked.node)
    layers.append(_now(asked.narrowed))
    return effective(layers)


def _config_layers(config: "Config") -> "list[Layer]":
    from hexci.domain.canonical import plain
    from hexci.domain.config import Config
    from hexci.domain.config_path import CONFIG_PATH
    from hexci.domain.law.effective import Layer
    from hexci.domain.law.governance import ACTIONS

    def values(of: "Config") -> "dict[str, Json]":
        told: dict[str, Json] = {
            "candidates": list(of.candidates),
            "require_account": of.require_account,
            "paths.allow_edit": [glob for group in of.paths.allow_edit for glob in group],
            "paths.protect": list(of.paths.protect),
        }
        quota = plain(of.quota)
        told |= {f"quota.{k}": v for k, v in quota.items()} if isinstance(quota, dict) else {}
        people = of.governance
        told |= {f"governance.actions.{k}": v for k, v in {**ACTIONS, **people.actions}.items()}
        told |= {f"governance.people.{k}": v for k, v in people.people.items()}
        told["governance.another"] = people.another
        told |= {f"governance.rules.{rule.name}": plain(rule) for rule in people.rules}
        return told | {f"evidence.{k}": spec.command for k, spec in of.evidence.items()}

    usual = values(Config())
    stated = {k: v for k, v in values(config).items() if k not in usual or v != usual[k]}
    default = Layer("default", {**usual, "concurrency": 4})
    return [default, Layer(CONFIG_PATH, stated, ceiling_of(config), config.caps)]


def _pipeline_layers(program: "Program", origin: str, node: str) -> "list[Layer]":
    from hexci.domain.law.effective import Layer
    from hexci.errors import BadInputError

    values: dict[str, Json] = {f"inputs.{k}": v.default for k, v in program.inputs.items()}
    values["concurrency"] = program.concurrency
    values |= {"lock": program.lock} if program.lock else {}
    layers = [Layer(origin, values, program.ceiling, program.layer)]
    if not node:
        return layers
    step = next((step for step in program.steps if step.name == node), None)
    if step is None:
        known = ", ".join(step.name for step in program.steps)
        raise BadInputError(f"{origin} has no node {node!r}", f"Its nodes: {known}")
    if step.policy:
        layers.append(Layer(f"policy {step.policy}", {"per_minute": step.per_minute}))
    return [*layers, Layer(f"node {node}", _conduct(step), step.ceiling, step.layer)]


def _conduct(step: "Step") -> "dict[str, Json]":
    conduct = step.conduct
    return {
        "retry.attempts": conduct.retry.attempts,
        "retry.wait": conduct.retry.wait,
        "timeout": conduct.timeout,
        "attempt_timeout": conduct.attempt_timeout,
        "on_error": conduct.on_error,
    }


def _now(narrowed: "Narrowed") -> "Layer":
    from hexci.domain.law.effective import Layer
    from hexci.domain.law.narrowed import COMMAND_LINE

    return Layer(COMMAND_LINE, {}, narrowed.ceiling, narrowed.layer)
