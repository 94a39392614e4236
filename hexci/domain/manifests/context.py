"""What a run of a pipeline is: decided once, never changed."""

from dataclasses import dataclass

from hexci.domain.canonical import Json
from hexci.domain.plan import Event, Trust

# Pipelines that start pipelines end somewhere.
DEEPEST = 10


@dataclass(frozen=True, slots=True)
class RunContext:
    """One run: what asked for it, of which commit, of which manifest, below which other run."""

    run: str
    event: Event
    base_commit: str
    base_tree: str
    manifest: str
    digest: str
    attempt: int = 1
    parent: str = ""
    root: str = ""
    depth: int = 0
    trust: Trust = Trust.TRUSTED

    def fact(self, name: str) -> Json:
        """What `${run.NAME}` stands for. Raises KeyError for what it does not."""
        facts: dict[str, Json] = {
            "id": self.run,
            "actor": self.event.actor,
            "event": self.event.kind,
            "base": self.base_commit,
            "head": self.base_commit,
            "attempt": self.attempt,
        }
        return facts[name]
