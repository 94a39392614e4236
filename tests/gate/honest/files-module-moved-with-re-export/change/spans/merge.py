"""Kept for those who import from here."""

from spans.joining import length, merge

__all__ = ["length", "merge"]
