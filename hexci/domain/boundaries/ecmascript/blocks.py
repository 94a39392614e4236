"""The script parts of `.vue`, `.svelte` and `.astro` files; lines stay where they are."""

import re

_SCRIPT = re.compile(rb"<script\b[^>]*>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
_FRONT = re.compile(rb"\A\s*---\s*\n(.*?)\n---", re.DOTALL)


def script_of(raw: bytes, path: str) -> bytes:
    """The source with everything but its script blanked; other files as they are."""
    if not path.endswith((".vue", ".svelte", ".astro")):
        return raw
    parts = [match.span(1) for match in _SCRIPT.finditer(raw)]
    if path.endswith(".astro") and (front := _FRONT.match(raw)):
        parts.insert(0, front.span(1))
    out, position = [], 0
    for start, end in sorted(parts):
        if start < position:
            continue
        out += [_blank(raw[position:start]), raw[start:end]]
        position = end
    return b"".join([*out, _blank(raw[position:])])


def _blank(text: bytes) -> bytes:
    return re.sub(rb"[^\n]", b" ", text)
