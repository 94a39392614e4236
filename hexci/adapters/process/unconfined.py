"""No isolation but a scrubbed environment, scratch folders and bounds: the last resort."""

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath

from hexci.adapters.process.bounded import run_bounded
from hexci.adapters.process.environment import scrubbed
from hexci.ports.sandbox import Finished


class Unconfined:
    """Runs processes as this user, with its network and files. Said loudly wherever it is used."""

    level = "none"

    def seen_as(self, room: PurePath) -> PurePath:
        """Its own path."""
        return room

    def run(  # noqa: PLR0913
        self,
        argv: Sequence[str],
        *,
        room: PurePath,
        timeout: float,
        environment: Mapping[str, str] | None = None,
        writable: Sequence[PurePath] = (),  # noqa: ARG002 - everything is writable here
        output_limit: int = 1_000_000,
    ) -> Finished:
        """Runs `argv` in `room`."""
        with tempfile.TemporaryDirectory(
            prefix=f"hexci-{os.getpid()}-scratch-", ignore_cleanup_errors=True
        ) as scratch:
            return run_bounded(
                argv,
                folder=room,
                environment=scrubbed(Path(scratch), environment),
                timeout=timeout,
                output_limit=output_limit,
            )
