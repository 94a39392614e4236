"""A run of the command line that is killed with SIGKILL at a chosen moment."""

import os
import signal
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fakes.command_line import environment, hexci_argv
from fakes.openai_server import Turn


@dataclass
class Doomed:
    """Dies when the endpoint is asked for what `deadly` answers, or when `word` is printed."""

    pids: list[int] = field(default_factory=list)

    @property
    def deadly(self) -> Callable[[str], Turn]:
        """An answer that kills who asked."""

        def die(_: str) -> Turn:
            os.kill(self.pids[0], signal.SIGKILL)
            return Turn(status=500)

        return die

    def run(self, folder: Path, arguments: Sequence[str], word: str = "", **more: str) -> int:
        """Runs hexci until it dies; its exit status."""
        with subprocess.Popen(
            hexci_argv(*arguments), cwd=folder, text=True, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, env=environment(**more),
        ) as process:  # fmt: skip
            self.pids.append(process.pid)
            for line in process.stderr or ():
                if word and word in line:
                    process.kill()
        return process.returncode
