"""The node kind `run`: a command in a fresh clone of the commit, in the sandbox."""

import json
from collections.abc import Callable

from hexci.domain.canonical import Json
from hexci.domain.outcome import Outcome
from hexci.errors import DeadlineError
from hexci.ports.clock import Clock
from hexci.ports.doer import Done, Task
from hexci.ports.rooms import Rooms
from hexci.ports.sandbox import Finished, Sandbox
from hexci.usecases.doers.arguments import as_text, command_of, flag

# Characters of a command's output that other nodes are given; the record has all.
_MOST_OUTPUT = 65_536
# Seconds for a command in a pipeline without any limit of time.
_DEFAULT = 1_800.0


def run_command(
    *, rooms: Rooms, sandbox: Callable[[bool], Sandbox], clock: Clock
) -> Callable[[Task], Done]:
    """What carries out `run` nodes. `sandbox` is asked for one with a network, or without."""

    def carry_out(task: Task) -> Done:
        argv = command_of(task.arguments)
        given = task.arguments.get("env")
        environment = {
            name: as_text(value, name)
            for name, value in (given.items() if isinstance(given, dict) else ())
        }
        left = min(task.deadline - clock.monotonic(), _DEFAULT)
        if left <= 0:
            raise DeadlineError("no time is left to start the command")

        network = flag(task.arguments, "network")
        if network:
            task.gateway.require("net")  # the sandbox cannot tell hosts apart: all or none
        inside = sandbox(network)

        def begin() -> Finished:
            with rooms.clone(task.context.base_tree) as room:
                return inside.run(argv, room=room.path, timeout=left, environment=environment)

        return _done(task, task.gateway.perform("spawn", "", begin))

    return carry_out


def _done(task: Task, finished: Finished) -> Done:
    output = finished.output.decode("utf-8", "replace")
    files = {"output.log": finished.output}
    if finished.exit_code is None:
        said = f"the command was ended after {finished.seconds:.1f} s"
        return Done(Outcome.TIMEOUT, {}, said, files)
    outputs: dict[str, Json] = {
        "exit_code": finished.exit_code,
        "output": output[-_MOST_OUTPUT:],
        "lines": list(output[-_MOST_OUTPUT:].splitlines()),
    }
    accepted = task.arguments.get("ok")
    if isinstance(accepted, list) and finished.exit_code not in accepted:
        last = next((line for line in reversed(output.splitlines()) if line.strip()), "")
        said = f"exit code {finished.exit_code}" + (f": {last[:200]}" if last else "")
        return Done(Outcome.EVIDENCE_FAILED, outputs, said, files)
    if task.arguments.get("parse") != "json":
        return Done(Outcome.OK, outputs, "", files)
    try:
        parsed = json.loads(output)
    except ValueError as error:
        return Done(Outcome.BAD_INPUT, outputs, f"its output is no JSON: {error}", files)
    if not isinstance(parsed, dict):
        return Done(Outcome.BAD_INPUT, outputs, "its output is no JSON object", files)
    return Done(Outcome.OK, {**outputs, **parsed}, "", files)
