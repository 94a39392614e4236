"""A system as a workflow of GitHub Actions, before it is written down."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hexci.domain.manifests.system import Start

_PIN = re.compile(
    r"uses: ([\w.-]+/[\w./-]+)@([0-9a-f]{40})(?:[ \t]+#[ \t]*(\S+))?[ \t]*$", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Pin:
    """An action at a commit; `version` is for a reader. Without a commit: from here."""

    name: str
    commit: str = ""
    version: str = ""

    @property
    def uses(self) -> str:
        """What stands after `uses:`."""
        return f"{self.name}@{self.commit}" if self.commit else self.name


CHECKOUT = Pin("actions/checkout", "11bd71901bbe5b1630ceea73d27597364c9af683", "v4.2.2")
UPLOAD = Pin("actions/upload-artifact", "ea165f8d65b6e75b540449e92b4886f43607fa02", "v4.6.2")
DOWNLOAD = Pin("actions/download-artifact", "d3f86a106a0bac45b974a628896c90dbdf5c8093", "v4.3.0")
# The action of this very checkout.
HERE = Pin("./")


@dataclass(frozen=True, slots=True)
class Job:
    """One process. `needs` are those whose pipes lead here or that must have ended.

    `permissions` are scopes of the job's token, `secrets` the variables that only this job is
    given, `items` how often it runs (0: once), `history`: it looks at earlier commits.
    """

    name: str
    needs: tuple[str, ...]
    piped: tuple[str, ...]
    gives: bool
    permissions: Mapping[str, str]
    secrets: tuple[str, ...]
    minutes: int
    items: int = 0
    history: bool = False


@dataclass(frozen=True, slots=True)
class Workflow:
    """All jobs of a system, each after what it needs. `source` is the manifest's path."""

    system: str
    source: str
    start: Start
    jobs: tuple[Job, ...]

    def job(self, process: str) -> Job:
        """The job of a process that the system has."""
        return next(job for job in self.jobs if job.name == process)

    @property
    def path(self) -> str:
        """Where it stands in the repository."""
        return f".github/workflows/hexci-{self.system}.yml"


def action_in(text: str) -> Pin | None:
    """Hexci's own action as a workflow of ours names it; None where it names none."""
    if "uses: ./" in text:
        return HERE
    ours = {CHECKOUT.name, UPLOAD.name, DOWNLOAD.name}
    return next((pin for name, pin in pins_in(text).items() if name not in ours), None)


def parse_action(text: str) -> Pin | None:
    """`./` or `owner/name@COMMIT`; None for anything that a push could change."""
    found = pins_in(f"uses: {text}")
    return HERE if text == HERE.name else next(iter(found.values()), None)


def pins_in(text: str) -> dict[str, Pin]:
    """The actions that a workflow pins by commit, by name."""
    return {name: Pin(name, commit, version) for name, commit, version in _PIN.findall(text)}
