"""Blobs by SHA through one long-lived `git cat-file --batch`."""

import subprocess
from threading import Lock
from typing import IO

from hexci.adapters.git.plumbing import Git, argv, scrubbed_environment
from hexci.errors import HexciError


class BlobReader:
    """Reads blobs one by one, for any thread; the process starts with the first read."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._process: subprocess.Popen[bytes] | None = None
        self._one_at_a_time = Lock()

    def read(self, sha: str) -> bytes:
        """The content of blob `sha`. Raises HexciError when there is no such blob."""
        with self._one_at_a_time:
            return self._read(sha)

    def _read(self, sha: str) -> bytes:
        stdin, stdout = self._pipes()
        stdin.write(f"{sha}\n".encode())
        stdin.flush()
        header = stdout.readline().split()
        if len(header) != 3:
            raise HexciError(f"object {sha} is missing from the repository", "See: git fsck")
        content = stdout.read(int(header[2]))
        stdout.read(1)
        return content

    def close(self) -> None:
        """Ends the process, if it was started."""
        if self._process is None:
            return
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait()
        self._process = None

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
