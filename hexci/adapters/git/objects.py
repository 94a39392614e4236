"""Any object by any name through one long-lived `git cat-file --batch`."""

import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from hexci.adapters.git.plumbing import Git, argv, scrubbed_environment

# names written before the answers are read; far below what a pipe holds
_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class Found:
    """One object: its SHA, its type (blob, tree, commit, tag) and its content."""

    sha: str
    kind: str
    content: bytes


class ObjectReader:
    """Looks objects up; the process starts with the first look."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._process: subprocess.Popen[bytes] | None = None

    def look(self, name: str) -> Found | None:
        """The object that `name` (a SHA, `HEAD^1`, `tree:path`) names, or None."""
        return next(self.look_all([name]))

    def look_all(self, names: Iterable[str]) -> Iterator[Found | None]:
        """One answer a name, in order. A name with a line end names nothing."""
        waiting = list(names)
        for start in range(0, len(waiting), _AT_ONCE):
            yield from self._ask(waiting[start : start + _AT_ONCE])

    def close(self) -> None:
        """Ends the process, if it was started."""
        if self._process is None:
            return
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait()
        self._process = None

    def _ask(self, names: Sequence[str]) -> Iterator[Found | None]:
        stdin, stdout = self._pipes()
        askable = [name for name in names if "\n" not in name and name]
        asked = "".join(f"{name}\n" for name in askable)
        stdin.write(asked.encode("utf-8", "surrogateescape"))
        stdin.flush()
        for name in names:
            yield self._answer(stdout) if "\n" not in name and name else None

    @staticmethod
    def _answer(stdout: IO[bytes]) -> Found | None:
        header = stdout.readline().rstrip(b"\n").split(b" ")
        if len(header) < 3 or not header[-1].isdigit():
            return None
        content = stdout.read(int(header[-1]))
        stdout.read(1)
        return Found(header[0].decode(), header[1].decode(), content)

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._process is None:
            self._process = subprocess.Popen(
                argv("cat-file", "--batch"),
                cwd=self._git.folder,
                env=scrubbed_environment(dict(self._git.environment)),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        assert self._process.stdin is not None  # noqa: S101
        assert self._process.stdout is not None  # noqa: S101
        return self._process.stdin, self._process.stdout
