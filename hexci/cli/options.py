"""Options that several verbs share, spelled once."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

Verb = TypeVar("Verb", bound=Callable[..., Any])


def evidence_options(verb: Verb) -> Verb:
    """What decides: the command, the mode, the time."""
    timeout = click.option("--timeout", type=float, metavar="S", help="Seconds in all (1800).")
    mode = click.option(
        "--mode",
        type=click.Choice(["fix", "feature", "refactor"]),
        default="fix",
        show_default=True,
        help="red → green, new tests → green, or green → green.",
    )
    evidence = click.option(
        "--evidence", metavar="CMD", help="What proves it, or a name in .hexci/config.yaml."
    )
    return evidence(mode(timeout(verb)))


def path_options(verb: Verb) -> Verb:
    """Which paths a change may touch."""
    protect = click.option("--protect", multiple=True, metavar="GLOB", help="Never touch these.")
    allow = click.option("--allow-edit", multiple=True, metavar="GLOB", help="Touch only these.")
    return allow(protect(verb))


def model_options(verb: Verb) -> Verb:
    """What models may spend, and where their replies are kept or come from."""
    for option in (
        click.option("--replay", metavar="DIR", help="Take the replies from DIR: no network."),
        click.option("--record", metavar="DIR", help="Keep every reply of a model in DIR."),
        click.option("--max-calls", type=int, metavar="N", help="Of all models together."),
        click.option("--max-tokens", type=int, metavar="N", help="Of all models together."),
        click.option("--max-usd", type=float, metavar="X", help="Of all models together."),
    ):
        verb = option(verb)
    return verb


def grant_option(verb: Verb) -> Verb:
    """What a command line may have that is asked as a candidate."""
    return click.option(
        "--grant",
        "grants",
        multiple=True,
        metavar="CAP",
        help="For cmd: candidates: net (the network), secret:NAME (a variable). Default: neither.",
    )(verb)
