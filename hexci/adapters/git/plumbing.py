"""The only place that starts git: argv lists, no ambient config, no hooks, bytes in and out."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hexci.errors import BadInputError, HexciError

# What git would otherwise take from the machine or from the repository's own config and run:
# hooks, fsmonitor, external diff, pagers, credential prompts, replace refs, background gc.
_CONFIG = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.attributesFile=/dev/null",
    "core.pager=cat",
    "core.quotePath=false",
    "commit.gpgSign=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "protocol.ext.allow=never",
    # the operator asked for this very folder; ownership says nothing more than that
    "safe.directory=*",
)
_SCRUBBED = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_EDITOR": "false",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
}
_KEPT = ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "SYSTEMROOT")
# Seconds. Plumbing on one repository; a clone of a very large one is the slowest.
_TIMEOUT = 600.0


@dataclass(frozen=True, slots=True)
class Git:
    """Git in one folder. `environment` (GIT_DIR, …) is added to the scrubbed one."""

    folder: Path
    environment: tuple[tuple[str, str], ...] = ()

    def with_environment(self, **more: str) -> "Git":
        """The same git with more environment variables."""
        return Git(self.folder, (*self.environment, *more.items()))

    def run(self, *arguments: str, stdin: bytes = b"", ok: Sequence[int] = (0,)) -> bytes:
        """Standard output of `git ARGUMENTS`.

        Raises HexciError with git's own words when the exit code is not in `ok`.
        """
        done = self.call(*arguments, stdin=stdin)
        if done.returncode not in ok:
            said = done.stderr.decode("utf-8", "replace").strip()
            raise HexciError(f"git {_verb(arguments)} failed ({done.returncode}): {said}")
        return done.stdout

    def call(self, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """The finished process, whatever its exit code."""
        try:
            return subprocess.run(
                argv(*arguments),
                cwd=self.folder,
                env=scrubbed_environment(dict(self.environment)),
                input=stdin,
                capture_output=True,
                timeout=_TIMEOUT,
                check=False,
                # Ctrl-C belongs to us: git must not be half-way through a write when we clean up
                start_new_session=True,
            )
        except FileNotFoundError as error:
            if self.folder.is_dir():
                raise BadInputError("git is not on PATH", "Install git 2.34 or newer.") from error
            raise BadInputError(f"{self.folder} is not a folder") from error
        except subprocess.TimeoutExpired as error:
            raise HexciError(f"git {_verb(arguments)} took over {_TIMEOUT:.0f} s") from error

    def line(self, *arguments: str, stdin: bytes = b"") -> str:
        """Standard output as one stripped line of text."""
        return self.run(*arguments, stdin=stdin).decode("utf-8", "surrogateescape").strip()

    def succeeds(self, *arguments: str) -> bool:
        """Whether the exit code is 0."""
        return self.call(*arguments).returncode == 0


def argv(*arguments: str) -> list[str]:
    """The whole command line, with every setting that could start a program switched off."""
    settings = [part for setting in _CONFIG for part in ("-c", setting)]
    return ["git", *settings, *arguments]


def scrubbed_environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """An environment in which git reads no ambient config and asks nothing."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, **_SCRUBBED, **(more or {})}


def _verb(arguments: Sequence[str]) -> str:
    return next((a for a in arguments if not a.startswith("-")), "")
