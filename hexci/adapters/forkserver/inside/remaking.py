"""Running a module's patched text in the place of the module, for patches outside functions."""

from __future__ import annotations

import os
import sys
import types

from .wire import ROOT


def made_anew(files: dict, functions: list):
    """Runs the patched texts in their modules; a function that finds a function's new self.

    `functions` are the live ones of the program. Objects that were made before keep their old
    classes: the old functions are given the new code too, where that fits.
    """
    old = {}
    for path, text in files.items():
        real = os.path.realpath(os.path.join(os.environ[ROOT], path))
        for module in list(sys.modules.values()):
            if os.path.realpath(getattr(module, "__file__", None) or "") == real:
                code = compile(text.encode("latin-1"), real, "exec", dont_inherit=True)
                exec(code, module.__dict__)  # noqa: S102 - the program's own text, in its sandbox
                old[module.__name__] = module
    for function in functions:
        if function.__module__ in old:
            _renew(function)
    return _again if files else lambda function: function


def _renew(function: types.FunctionType) -> None:
    new = _found(function)
    if new is None or new.__code__.co_freevars != function.__code__.co_freevars:
        return
    function.__code__ = new.__code__
    function.__defaults__ = new.__defaults__
    function.__kwdefaults__ = new.__kwdefaults__


def _found(function: types.FunctionType) -> types.FunctionType | None:
    found: object = sys.modules.get(function.__module__)
    for part in function.__qualname__.split("."):
        found = getattr(found, "__dict__", {}).get(part)
        found = getattr(found, "__func__", getattr(found, "fget", found))
    return found if isinstance(found, types.FunctionType) else None


def _again(function: types.FunctionType) -> types.FunctionType:
    found = _found(function)
    same = found is not None and (
        found.__code__.co_varnames[: found.__code__.co_argcount]
        == function.__code__.co_varnames[: function.__code__.co_argcount]
    )
    return found if same else function  # type: ignore[return-value]
