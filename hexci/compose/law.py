"""Wires the law of a pipeline's run: repository, pipeline, adapters, whoever starts it."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from hexci.domain.law.narrowed import NOT_NARROWED

if TYPE_CHECKING:
    from hexci.domain.config import Config
    from hexci.domain.law.limits import Ceiling
    from hexci.domain.law.narrowed import Narrowed
    from hexci.domain.manifests.program import Program
    from hexci.domain.manifests.shelf import Scope
    from hexci.ports.gateway import Denial
    from hexci.usecases.enforce_law import LawGateway


def ceiling_of(config: "Config") -> "Ceiling":
    """The repository's own limits, as the law has them."""
    from hexci.domain.config_path import CONFIG_PATH
    from hexci.domain.law.limits import Ceiling

    asked = config.limits
    return Ceiling(
        asked.max_usd, asked.max_tokens, asked.max_calls, asked.max_tool_calls, asked.max_files,
        asked.max_lines, asked.timeout, CONFIG_PATH,
    )  # fmt: skip


def law_of(  # noqa: PLR0913, PLR0917 - everything that has a say
    program: "Program",
    config: "Config",
    denied: "Callable[[Denial], None]",
    scope: "Scope | None" = None,
    narrowed: "Narrowed" = NOT_NARROWED,
    above: "LawGateway | None" = None,
) -> "LawGateway":
    """The law of a run: its account below the config's (or all of what is `above`).

    An adapter with limits has an account of its own beside them.
    """
    from hexci.domain.law.caps import Authority
    from hexci.domain.law.limits import smallest
    from hexci.usecases.enforce_law import root_gateway

    by = "" if narrowed.ceiling.is_open else f", narrowed by {narrowed.ceiling.origin}"
    own = smallest([program.ceiling, narrowed.ceiling])
    own = replace(own, origin=program.layer.origin + by)
    adapters = _of_adapters(scope) if scope else {}
    if above is not None:
        return above.entered(program.layer, own, denied, adapters)
    configured = ceiling_of(config)
    layers = tuple(la for la in (config.caps, program.layer, narrowed.layer) if la)
    root = root_gateway(Authority(layers), configured, denied, adapters)
    return root.child("", None, replace(own, seconds=smallest([configured, own]).seconds))


def _of_adapters(scope: "Scope") -> "dict[tuple[str, str], Ceiling]":
    from hexci.domain.law.limits import smallest

    limits: dict[tuple[str, str], Ceiling] = {}
    for adapter in scope.adapters.values():
        effect = ("llm", adapter.candidate)
        if not adapter.limits.is_open:
            both = [adapter.limits, *([limits[effect]] if effect in limits else [])]
            limits[effect] = replace(smallest(both), origin=adapter.limits.origin)
    return limits


def narrowed_program(program: "Program", narrowed: "Narrowed") -> "Program":
    """The program within the time that is left to it.

    Raises BadInputError for a limit or capability that is none: before anything starts.
    """
    narrowed.layer  # noqa: B018 - what is misspelt is told now
    stated = (program.ceiling.seconds, narrowed.ceiling.seconds)
    seconds = min((s for s in stated if s is not None), default=None)
    return replace(program, ceiling=replace(program.ceiling, seconds=seconds))
