"""Titles as path components."""

from slugs.taken import unique
from slugs.text import slugify

__all__ = ["slugify", "unique"]
