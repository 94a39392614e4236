"""Titles as path components."""

import re


def slugify(title, limit=40):
    """`title` in lower case, words joined by single dashes, at most `limit` characters."""
    text = re.sub(r"[^a-z0-9]+", "-", title.lower())
    return text.strip("-")[:limit].rstrip("-")
