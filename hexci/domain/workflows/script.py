"""The lines of a `run:`, as far as they can be told apart without a shell."""

import re

_HERE = re.compile(r"<<-?\s*(['\"]?)([A-Za-z_]\w*)\1")


def commands(run: str) -> tuple[str, ...]:
    """Lines without comments and here-documents; a line ended by a backslash goes on."""
    found: list[str] = []
    ends = ""
    for line in run.replace("\\\n", " ").splitlines():
        text = line.strip()
        if ends:
            ends = "" if text == ends else ends
        elif text and not text.startswith("#"):
            found.append(text)
            here = _HERE.search(text)
            ends = here[2] if here else ""
    return tuple(found)
