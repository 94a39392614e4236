"""A log of which the runner of a workflow takes no line for a command."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


@contextmanager
def quiet_runner(stream: TextIO) -> Iterator[None]:
    """While the block runs, the runner takes no line of the log for a command."""
    mark = secrets.token_hex(16)
    stream.write(f"::stop-commands::{mark}\n")
    stream.flush()
    try:
        yield
    finally:
        stream.flush()
        stream.write(f"\n::{mark}::\n")
        stream.flush()
