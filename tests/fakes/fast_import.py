"""Many commits at once: a history from snapshots, through `git fast-import`."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from fakes.repositories import git


def import_history(folder: Path, snapshots: Iterable[tuple[str, Mapping[str, bytes]]]) -> Path:
    """A repository whose first-parent line has these (subject, whole tree) in order."""
    folder.mkdir(parents=True)
    git(folder, "init", "-q")
    stream = bytearray()
    for number, (subject, files) in enumerate(snapshots):
        message = subject.encode()
        stream += b"commit refs/heads/main\n"
        stream += b"committer Ada <ada@example.org> %d +0000\n" % (1_700_000_000 + number * 60)
        stream += b"data %d\n%s\ndeleteall\n" % (len(message), message)
        for path, content in sorted(files.items()):
            stream += b"M 100644 inline %s\ndata %d\n" % (path.encode(), len(content))
            stream += content + b"\n"
    git(folder, "fast-import", "--quiet", stdin=bytes(stream))
    git(folder, "reset", "-q", "--hard", "main")
    return folder
