"""Running a module's patched text in the place of the module, for patches outside functions."""

from __future__ import annotations

import os
import sys
import types

from .wire import ROOT


def made_anew(files: dict):
    """Runs the patched texts in their modules; a function that finds a function's new self.

    Functions and classes that were there before stay the same objects and are given the new code:
    what tests made of them is what the new code is asked about.
    """
    for path, text in files.items():
        real = os.path.realpath(os.path.join(os.environ[ROOT], path))
        for module in list(sys.modules.values()):
            if os.path.realpath(getattr(module, "__file__", None) or "") == real:
                code = compile(text.encode("latin-1"), real, "exec", dont_inherit=True)
                before = dict(module.__dict__)
                exec(code, module.__dict__)  # noqa: S102 - the program's own text, in its sandbox
                for name, old in before.items():
                    if _renewed(old, module.__dict__.get(name)):
                        module.__dict__[name] = old
    return _again if files else lambda function: function


def _renewed(old: object, new: object) -> bool:
    """Gives `old` what `new` has; False where it is no function or class, or cannot take it."""
    if isinstance(old, types.FunctionType) and isinstance(new, types.FunctionType):
        if old.__closure__ or new.__closure__:
            return False
        old.__code__, old.__defaults__ = new.__code__, new.__defaults__
        old.__kwdefaults__ = new.__kwdefaults__
        return True
    if isinstance(old, type) and isinstance(new, type) and old.__module__ == new.__module__:
        own = vars(old)
        for name, value in list(vars(new).items()):
            kept = name in own and _renewed(own[name], value)
            if not kept and name not in ("__dict__", "__weakref__", "__slots__"):
                try:
                    setattr(old, name, value)
                except (AttributeError, TypeError):
                    continue  # a slot's own descriptor, or a class that is closed
        return True
    return False


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
