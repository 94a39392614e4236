"""The repository on GitHub that we may act on; its token is taken out of the environment."""

from collections.abc import MutableMapping
from dataclasses import dataclass, field

from hexci.adapters.machine.job import secrets_in


@dataclass(frozen=True, slots=True)
class ForgePlace:
    """Where the forge is, and what opens it. `secrets` are what no text may show."""

    repository: str
    api: str
    server: str
    token: str = field(repr=False)
    account: str = ""
    secrets: tuple[str, ...] = field(default=(), repr=False)


def read_place(environment: MutableMapping[str, str]) -> ForgePlace | None:
    """The place that the environment names; None where it names none, or holds no token."""
    secrets = secrets_in(environment)
    token = environment.pop("GITHUB_TOKEN", "")
    repository = environment.get("GITHUB_REPOSITORY", "")
    if not token or not repository:
        return None
    return ForgePlace(
        repository=repository,
        api=environment.get("GITHUB_API_URL") or "https://api.github.com",
        server=(environment.get("GITHUB_SERVER_URL") or "https://github.com").rstrip("/"),
        token=token,
        account=environment.get("HEXCI_INPUT_ACCOUNT", ""),
        secrets=secrets,
    )
