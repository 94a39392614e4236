"""`cmd:ARGV`: any command-line agent. It works in the clone; all that it changed is the change.

It has no network and no variable of ours, unless the person who starts it grants them
(`--grant net`, `--grant secret:NAME`). What it leaves is judged without either.
"""

import os
import shlex
import time
from collections.abc import Sequence
from dataclasses import dataclass

from hexci.domain.canonical import Json
from hexci.domain.law.caps import Cap
from hexci.domain.law.limits import Amounts
from hexci.domain.outcome import Outcome
from hexci.errors import BadInputError
from hexci.ports.candidate import Assignment, Attempt
from hexci.ports.gateway import Gateway
from hexci.ports.progress import Progress
from hexci.ports.sandbox import Sandbox

_SUMMARY = 2_000


@dataclass(frozen=True, slots=True)
class Rights:
    """The law, and what was granted beside the room: `net`, `secret:NAME`."""

    gateway: Gateway
    granted: tuple[Cap, ...] = ()


class CommandAgent:
    """Runs ARGV in the room's sandbox; the task is its last argument."""

    def __init__(self, text: str, argv: Sequence[str], sandbox: Sandbox, rights: Rights) -> None:
        self._text = text
        self._argv = tuple(argv)
        self._sandbox = sandbox
        self._rights = rights

    @property
    def name(self) -> str:
        """The SPEC as it was given."""
        return f"cmd:{self._text}"

    def attempt(self, given: Assignment, *, progress: Progress) -> Attempt:
        """One run of the command, then one judgement of what it left."""
        self._claim()
        granted = (
            f" with {', '.join(map(str, self._rights.granted))}" if self._rights.granted else ""
        )
        progress.note(f"running {shlex.join(self._argv)}{granted}")
        variables = self._variables()
        done = self._rights.gateway.perform(
            "spawn",
            "",
            lambda: self._sandbox.run(
                [*self._argv, given.plan.task],
                room=given.room.path,
                timeout=max(1.0, given.deadline - time.monotonic()),
                environment=variables,
            ),
            worst=self._worst(),
        )
        kept: tuple[dict[str, Json], ...] = (
            {"granted": [str(cap) for cap in self._rights.granted]},
        )
        output = done.output.decode("utf-8", "replace")[-_SUMMARY:]
        if done.exit_code is None:
            return Attempt(Outcome.TIMEOUT, f"the command ran out of time\n{output}", kept)
        if done.exit_code != 0:
            said = f"the command failed with exit code {done.exit_code}\n{output}"
            return Attempt(Outcome.MODEL_ERROR, said, kept)
        tree = given.room.snapshot()
        if tree == given.plan.base_tree:
            return Attempt(Outcome.NO_CHANGE, f"the command changed nothing\n{output}", kept)
        verdict = given.judge(tree)
        return Attempt(verdict.outcome, summary=verdict.reason, transcript=kept)

    def _worst(self) -> Amounts:
        """With a network it may spend what nobody here can count: then it counts as all of it."""
        online = any(cap.verb == "net" for cap in self._rights.granted)
        usd = self._rights.gateway.left().usd if online else None
        return Amounts(usd or 0.0)

    def _claim(self) -> None:
        """Asks the law for what is used. Raises DeniedError, BadInputError for a lacking secret."""
        for cap in self._rights.granted:
            self._rights.gateway.require(cap.verb, cap.scope)

    def _variables(self) -> dict[str, str]:
        names = [cap.scope for cap in self._rights.granted if cap.verb == "secret"]
        lacking = [name for name in names if name not in os.environ]
        if lacking:
            raise BadInputError(f"{', '.join(lacking)} is granted, but not set here")
        return {name: os.environ[name] for name in names}


def command_agent(text: str, sandbox: Sandbox, rights: Rights) -> CommandAgent:
    """The agent for the part of a SPEC after `cmd:`. Raises BadInputError when it is no command."""
    try:
        argv = shlex.split(text)
    except ValueError as error:
        raise BadInputError(f"cmd:{text} cannot be split into words: {error}") from error
    if not argv:
        raise BadInputError("cmd: names no command", "Give one: --candidate 'cmd:codex exec'")
    return CommandAgent(text, argv, sandbox, rights)
