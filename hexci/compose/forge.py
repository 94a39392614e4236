"""Wires the forge: GitHub and the remote, for whoever holds a token."""

import os
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hexci.adapters.git.origin import GitOrigin
    from hexci.adapters.git.vault import Vault
    from hexci.adapters.github.forge import GitHub
    from hexci.adapters.machine.forge_place import ForgePlace
    from hexci.ports.clock import Clock

NOWHERE = "GITHUB_REPOSITORY and GITHUB_TOKEN are not set"


@cache
def place() -> "ForgePlace | None":
    """Where we may act, None where nowhere. Read once: the token leaves the environment."""
    from hexci.adapters.machine.forge_place import read_place

    return read_place(os.environ)


def reached() -> "ForgePlace":
    """Where we may act. Raises BadInputError where nowhere."""
    from hexci.errors import BadInputError

    found = place()
    if found is None:
        raise BadInputError(f"there is no forge here: {NOWHERE}", "Run it in a workflow job.")
    return found


def github(api: str, token: str, repository: str, account: str, clock: "Clock") -> "GitHub":
    """The forge behind a token."""
    import time

    from hexci.adapters.github.client import Client, Patience
    from hexci.adapters.github.forge import GitHub

    # the pause between writes is GitHub's wish; a server on this machine has none
    pause = 0.0 if api.startswith("http://127.0.0.1:") else 1.0
    client = Client(api, token, Patience(clock, time.sleep, between_writes=pause))
    return GitHub(client, repository, account)


def forge_here() -> "GitHub":
    """The forge of this repository. Raises BadInputError where there is none in reach."""
    from hexci.adapters.machine.clock import SystemClock

    here = reached()
    return github(here.api, here.token, here.repository, here.account, SystemClock())


def origin_here(vault: "Vault") -> "GitOrigin":
    """The remote of this repository. Raises BadInputError where there is none in reach."""
    import time

    from hexci.adapters.git.origin import GitOrigin

    here = reached()
    return GitOrigin(vault, f"{here.server}/{here.repository}.git", here.token, time.sleep)


def spoken(text: str) -> str:
    """Markdown that shows no secret, pings nobody and loads nothing."""
    from hexci.adapters.sinks.markdown import spoken as tamed
    from hexci.domain.redaction import Redactor

    here = place()
    return Redactor(here.secrets if here else ())(tamed(text))
