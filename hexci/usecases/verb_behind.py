"""`fs exec`: the verb behind a path. It is only another way to spell it: same law, same record."""

from collections.abc import Callable, Mapping, Sequence

from hexci.errors import BadInputError

Arguments = Mapping[str, str]


def verb_behind(path: str, given: Sequence[str]) -> tuple[str, ...]:
    """The command line that a path and `NAME=VALUE`s stand for.

    Raises BadInputError for a path without a verb, and for arguments it does not take.
    """
    parts = [part for part in path.split("/") if part]
    arguments = _arguments(given)
    for (prefix, least), verb in _VERBS.items():
        if parts[: len(prefix)] == [*prefix] and len(parts) >= len(prefix) + least:
            return verb(parts[len(prefix) :], arguments)
    raise BadInputError(f"{path} is nothing to be executed", f"What is: {_KNOWN}")


def _run(rest: Sequence[str], arguments: Arguments) -> tuple[str, ...]:
    return ("run", "/".join(rest), *(f"{name}={value}" for name, value in arguments.items()))


def _resume(rest: Sequence[str], arguments: Arguments) -> tuple[str, ...]:
    _only(arguments)
    return ("run", "--resume", rest[0])


def _answer(rest: Sequence[str], arguments: Arguments) -> tuple[str, ...]:
    _only(arguments, "answer")
    answer = arguments.get("answer", "")
    if answer not in {"approve", "reject"}:
        raise BadInputError("a wait is answered", "Say answer=approve or answer=reject")
    # the name of a wait has dots for the slashes of its node
    return ("run", "--resume", rest[0], f"--{answer}", rest[1].replace(".", "/"))


def _move(rest: Sequence[str], arguments: Arguments) -> tuple[str, ...]:
    _only(arguments, "to", "why")
    if not arguments.get("to"):
        raise BadInputError("an entity is moved", "Say to=STATE, and perhaps why=…")
    return ("entity", "move", f"{rest[0]}/{rest[1]}", arguments["to"],
            f"--why={arguments.get('why', '')}")  # fmt: skip


def _publish(rest: Sequence[str], arguments: Arguments) -> tuple[str, ...]:
    pairs = (f"{name}={value}" for name, value in arguments.items())
    return ("bus", "publish", rest[0], *pairs)


def _explain(rest: Sequence[str], arguments: Arguments) -> tuple[str, ...]:
    _only(arguments)
    return ("explain", rest[-1])


_VERBS: Mapping[
    tuple[tuple[str, ...], int], Callable[[Sequence[str], Arguments], tuple[str, ...]]
] = {
    (("proc", "runs"), 1): _resume,
    (("proc", "waits"), 2): _answer,
    (("proc", "entities"), 2): _move,
    (("proc", "bus"), 1): _publish,
    (("etc", "manifests"), 1): _run,
    (("lib",), 2): _explain,
}
_KNOWN = (
    "/etc/manifests/FILE, /proc/runs/RUN, /proc/waits/RUN/NODE, /proc/entities/KIND/ID, "
    "/proc/bus/TOPIC, /lib/…"
)


def _arguments(given: Sequence[str]) -> dict[str, str]:
    found = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals or not name or name.startswith("-"):
            raise BadInputError(f"{pair!r} is no argument", "Say NAME=VALUE")
        found[name] = value
    return found


def _only(arguments: Arguments, *known: str) -> None:
    for name in arguments:
        if name not in known:
            raise BadInputError(
                f"there is no argument {name!r} here", f"There is: {', '.join(known) or 'none'}"
            )
