"""What a build is to bring: a challenge, the folder it goes to, how it is to be designed."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from hexci.domain.canonical import digest_of
from hexci.domain.plan import Plan
from hexci.domain.run_id import stamped_id
from hexci.errors import BadInputError

# what a design puts first → as its architect is told; in the order in which they are taken
PRIORITIES: Mapping[str, str] = MappingProxyType(
    {
        "simplicity": "the fewest parts and words that truly do it; nothing for later",
        "durability": "nothing is lost or torn: crashes, full disks, partial writes, restarts",
        "concurrency": "correct when several threads or processes act at once",
        "performance": "few operations and little memory for large input; say the complexity",
    }
)
# Proposals of one specification, and tries at writing the tests.
ROUNDS = 2
TEST_TRIES = 3


@dataclass(frozen=True, slots=True)
class BuildOrder:
    """`target` is a folder of the repository (`.`: anywhere); `designs` is 1 to 4.

    `also` are globs of paths beside the target that the code may be written to.
    """

    challenge: str
    target: str
    designs: int = 3
    review: bool = False
    also: tuple[str, ...] = ()

    @property
    def priorities(self) -> tuple[str, ...]:
        """What the designs put first, one each."""
        return tuple(PRIORITIES)[: self.designs]

    @property
    def below(self) -> tuple[str, ...]:
        """Globs of the paths that code may be written to; empty: anywhere."""
        return () if self.target == "." else (self.target, f"{self.target}/**", *self.also)


def order_of(
    challenge: str, target: str, designs: int, *, review: bool = False, also: tuple[str, ...] = ()
) -> BuildOrder:
    """The order, checked. Raises BadInputError for what cannot be built."""
    said = challenge.strip()
    if not said:
        raise BadInputError("the challenge is empty", 'Say what to build: hexci build "a …"')
    parts = [part for part in target.strip().split("/") if part not in {"", "."}]
    if target.startswith("/") or ".." in parts or any(not part.isprintable() for part in parts):
        raise BadInputError(f"--target {target!r} is no folder of the repository")
    if any(mark in target for mark in "*?["):
        raise BadInputError(f"--target {target!r} is a pattern", "Name one folder.")
    if not 1 <= designs <= len(PRIORITIES):
        raise BadInputError(f"--designs {designs}: there are 1 to {len(PRIORITIES)}")
    return BuildOrder(said, "/".join(parts) or ".", designs, review, also)


def build_id(plan: Plan, order: BuildOrder) -> str:
    """The run's id: the same event with the same order is the same run."""
    asked = (plan.event.id, plan.base_commit, plan.digest, digest_of(order), str(plan.attempt))
    return stamped_id(plan.event.at, *asked)
