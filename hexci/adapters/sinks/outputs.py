"""What a step hands to the next ones: `name<<DELIMITER`, a delimiter that nobody can foresee."""

import secrets
from collections.abc import Mapping
from pathlib import Path

_LARGEST = 100_000


def write_outputs(place: Path, outputs: Mapping[str, str]) -> None:
    """Appends `outputs` to the file that GITHUB_OUTPUT names."""
    with place.open("a", encoding="utf-8", newline="\n") as file:
        file.write(outputs_text(outputs))


def outputs_text(outputs: Mapping[str, str]) -> str:
    """The lines for the file; a value never holds its own delimiter."""
    return "".join(_entry(name, value[:_LARGEST]) for name, value in outputs.items())


def _entry(name: str, value: str) -> str:
    delimiter = secrets.token_hex(16)
    while delimiter in value:
        delimiter = secrets.token_hex(16)
    clean = value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
    return f"{name}<<{delimiter}\n{clean}\n{delimiter}\n"
