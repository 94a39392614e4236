"""`cmd:ARGV`: any command-line agent. It works in the clone; all that it changed is the change."""

import shlex
import time
from collections.abc import Sequence

from hexci.domain.outcome import Outcome
from hexci.errors import BadInputError
from hexci.ports.candidate import Assignment, Attempt
from hexci.ports.progress import Progress
from hexci.ports.sandbox import Sandbox

_SUMMARY = 2_000


class CommandAgent:
    """Runs ARGV in the room's sandbox; the task is its last argument."""

    def __init__(self, text: str, argv: Sequence[str], sandbox: Sandbox) -> None:
        self._text = text
        self._argv = tuple(argv)
        self._sandbox = sandbox

    @property
    def name(self) -> str:
        """The SPEC as it was given."""
        return f"cmd:{self._text}"

    def attempt(self, given: Assignment, *, progress: Progress) -> Attempt:
        """One run of the command, then one judgement of what it left."""
        progress.note(f"running {shlex.join(self._argv)}")
        done = self._sandbox.run(
            [*self._argv, given.plan.task],
            room=given.room.path,
            timeout=max(1.0, given.deadline - time.monotonic()),
        )
        output = done.output.decode("utf-8", "replace")[-_SUMMARY:]
        if done.exit_code is None:
            return Attempt(Outcome.TIMEOUT, summary=f"the command ran out of time\n{output}")
        if done.exit_code != 0:
            said = f"the command failed with exit code {done.exit_code}\n{output}"
            return Attempt(Outcome.MODEL_ERROR, summary=said)
        tree = given.room.snapshot()
        if tree == given.plan.base_tree:
            return Attempt(Outcome.NO_CHANGE, summary=f"the command changed nothing\n{output}")
        verdict = given.judge(tree)
        return Attempt(verdict.outcome, summary=verdict.reason)


def command_agent(text: str, sandbox: Sandbox) -> CommandAgent:
    """The agent for the part of a SPEC after `cmd:`. Raises BadInputError when it is no command."""
    try:
        argv = shlex.split(text)
    except ValueError as error:
        raise BadInputError(f"cmd:{text} cannot be split into words: {error}") from error
    if not argv:
        raise BadInputError("cmd: names no command", "Give one: --candidate 'cmd:codex exec'")
    return CommandAgent(text, argv, sandbox)
