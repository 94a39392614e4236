"""What one file holds: on the disk, or in git's object store.

Imports next to nothing, since a commit hook waits for it.
"""

import os

# never through a symlink, never waiting for a pipe (Windows has neither flag)
OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
PIECE = 65_536  # bytes of a first read; most sources are smaller
_LARGEST = 2_097_152  # bytes of an object that is unpacked here; git is asked for larger ones
_SHA1_DIGITS = 40


def blob_sha(content: bytes, digits: int) -> str:
    """The name git gives to a blob; `digits` tells SHA-1 (40) from SHA-256 (64)."""
    import hashlib  # noqa: PLC0415 - OpenSSL: 3 ms, soon earned back where files are many

    algorithm = hashlib.sha1 if digits == _SHA1_DIGITS else hashlib.sha256
    named = algorithm(b"blob %d\0" % len(content), usedforsecurity=False)
    named.update(content)
    return named.hexdigest()


def disk_content(path: str) -> bytes | None:
    """What a regular file holds; None when it is gone or is something else."""
    try:
        handle = os.open(path, OPEN_FLAGS)
    except OSError:
        return None
    try:
        piece = os.read(handle, PIECE)
        return piece if len(piece) < PIECE else piece + rest_of(handle)
    except OSError:
        return None
    finally:
        os.close(handle)


def rest_of(handle: int) -> bytes:
    """What is left to read of an open file."""
    pieces = []
    while piece := os.read(handle, 1 << 20):
        pieces.append(piece)
    return b"".join(pieces)


def stored_blob(root: str, folder: str, sha: str) -> bytes:
    """The blob `sha` of the repository whose `.git` is `folder`.

    Raises HexciError when it is missing.
    """
    loose = _loose(f"{folder}/objects/{sha[:2]}/{sha[2:]}")
    if loose is not None:
        return loose
    from hexci.adapters.sources.spawn import git_output  # noqa: PLC0415 - often not needed

    return git_output(root, "cat-file", "blob", sha)


def _loose(file: str) -> bytes | None:
    """What a loose object holds: what was staged lately is one. None: git must say."""
    packed = disk_content(file)
    if packed is None:
        return None
    import zlib  # noqa: PLC0415

    unpacking = zlib.decompressobj()
    try:
        unpacked = unpacking.decompress(packed, _LARGEST)
    except zlib.error:
        return None
    head, _, content = unpacked.partition(b"\0")
    whole = unpacking.eof and head == b"blob %d" % len(content)
    return content if whole else None
