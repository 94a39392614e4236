"""What one run may use of the machine."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Caps:
    """Bytes of memory a process, bytes of one file, processes and threads of the user.

    The kernel counts processes a user, and never limits root's: then only time bounds a fork
    bomb, whose processes all end with the run.
    """

    memory: int = 8 * 2**30
    file_size: int = 2 * 2**30
    processes: int = 8_192
