"""Copies of arguments that leave what cannot be copied, and need not be, as it is."""

from __future__ import annotations

import copy
import types


def copied(values: list) -> list:
    """A deep copy of each value; modules and callables are shared. Raises for other things."""
    return [_copy(value) for value in values]


def _copy(value):
    try:
        return copy.deepcopy(value)
    except Exception:
        if isinstance(value, types.ModuleType) or callable(value):
            return value
        raise
