"""Where untrusted processes run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Finished:
    """A process that has ended, with every process it started.

    `exit_code` is None when the time limit ended it. `output` is stdout and stderr as they came,
    bounded by `output_limit` bytes with head, tail and failing lines kept.
    """

    exit_code: int | None
    output: bytes
    seconds: float


class Sandbox(Protocol):
    """No network, a scrubbed environment, writes only below the room; as far as can be had."""

    @property
    def level(self) -> str:
        """The isolation really reached: `bwrap`, `sudo-bwrap`, `landlock`, `none`."""
        ...

    def seen_as(self, room: PurePath) -> PurePath:
        """Where processes inside see `room`: it may be mounted where the operator's checkout is."""
        ...

    def run(  # noqa: PLR0913 - each is a limit of its own
        self,
        argv: Sequence[str],
        *,
        room: PurePath,
        timeout: float,
        environment: Mapping[str, str] | None = None,
        writable: Sequence[PurePath] = (),
        output_limit: int = 1_000_000,
    ) -> Finished:
        """Runs `argv` in `room`; all it started is killed at its end or at `timeout` seconds.

        `environment` is added to the allow list; `writable` paths outside the room may be written.
        """
        ...
