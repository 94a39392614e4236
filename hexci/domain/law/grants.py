"""What a person may grant to a command-line agent beside its room."""

from collections.abc import Iterable

from hexci.domain.law.caps import Cap, parse_cap
from hexci.errors import BadInputError

# Variables with which one could write to a repository or a workflow: no agent may hold them.
_NEVER = ("GITHUB_", "GH_", "ACTIONS_", "RUNNER_", "HEXCI_", "SSH_", "GIT_")


def grants(texts: Iterable[str]) -> tuple[Cap, ...]:
    """The capabilities that `texts` spell: `net` and `secret:NAME`.

    Raises BadInputError for any other, and for a variable that would let an agent push.
    """
    return tuple(_grant(text) for text in dict.fromkeys(texts))


def _grant(text: str) -> Cap:
    try:
        cap = parse_cap(text)
    except ValueError as error:
        raise BadInputError(f"--grant {text}: {error}", "Say: net, or secret:NAME") from error
    if cap.verb not in {"net", "secret"}:
        raise BadInputError(f"--grant {text} cannot be granted", "Say: net, or secret:NAME")
    if cap.verb == "net" and cap.scope:
        raise BadInputError(
            f"--grant {text}: the sandbox cannot tell hosts apart", "Grant net, or nothing."
        )
    if cap.verb == "secret" and cap.scope.upper().startswith(_NEVER):
        raise BadInputError(
            f"--grant {text}: an agent never holds what could write to the repository",
            "Give it a key of its model only.",
        )
    return cap
