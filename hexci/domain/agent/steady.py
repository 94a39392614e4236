"""Output of a run without what changes from run to run, so that equal runs give equal prompts."""

import re
from collections.abc import Collection

_DURATION = re.compile(r"\b\d+(?:\.\d+)?(?: ?(?:ms|µs|s|sec|secs|seconds))\b")
_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}\b")
_ABSOLUTE = re.compile(r"(?<![\w.])/(?:[\w.@+-]+/)+[\w.@+-]+")


def steady(text: str, paths: Collection[str]) -> str:
    """`text` with durations and addresses blanked, and `paths` told relative to the root."""
    text = _ADDRESS.sub("0x…", _DURATION.sub("… s", text))
    return _ABSOLUTE.sub(lambda found: _relative(found[0], paths), text)


def _relative(path: str, paths: Collection[str]) -> str:
    """The longest tail of an absolute path that the repository has; else the path itself."""
    parts = path.split("/")
    tails = ("/".join(parts[start:]) for start in range(1, len(parts)))
    return next((tail for tail in tails if tail in paths), path)
