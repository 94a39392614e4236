"""Running a module's patched text in the place of the module, for patches outside functions."""

from __future__ import annotations

import enum
import functools
import os
import sys
import types
import warnings

from .wire import ROOT


def made_anew(files: dict):
    """Runs texts in their modules (None: what is on the disk); gives a function's new self.

    Functions and classes that were there before stay the same objects and are given the new code:
    what tests made of them is what the new code is asked about. Other things that are new take the
    old one's place in the program's other modules too. Raises what the text raises.
    """
    for path, text in files.items():
        real = os.path.realpath(os.path.join(os.environ[ROOT], path))
        for file, module in modules_of_program(os.environ[ROOT]):
            if file == real:
                _run_again(module, _read(real) if text is None else text.encode("latin-1"), real)
    return _again if files else lambda function: function


@functools.lru_cache(maxsize=1)
def modules_of_program(root: str) -> list:
    """(file, module) of the modules below `root`: looking in each child would be dear."""
    real = os.path.realpath(root) + os.sep
    files = [(_file_of(module), module) for module in list(sys.modules.values())]
    return [(file, module) for file, module in files if file.startswith(real)]


def _run_again(module, text: bytes, real: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        code = compile(text, real, "exec", dont_inherit=True)
    before = dict(module.__dict__)
    exec(code, module.__dict__)  # noqa: S102 - the program's own text, in its sandbox
    replaced = {}
    for name, old in before.items():
        new = module.__dict__.get(name, old)
        if new is old or name.startswith("__"):
            continue
        if _renewed(old, new):
            module.__dict__[name] = old
        else:
            replaced[name] = (old, new)
    _rebind(module, replaced)


def _rebind(changed, replaced: dict) -> None:
    """What other modules of the program took from `changed` by name, or under another one."""
    by_identity = {id(old): (old, new) for old, new in replaced.values() if not _is_shared(old)}
    for _, module in modules_of_program(os.environ[ROOT]):
        if module is changed:
            continue
        for name, value in list(vars(module).items()):
            old, new = replaced.get(name, (None, None))
            if value is None or value is not old:
                old, new = by_identity.get(id(value), (None, None))
            if value is not None and value is old:
                setattr(module, name, new)


def _is_shared(value: object) -> bool:
    """Whether equal values of unlike origin may be one object."""
    return value is None or isinstance(value, (bool, int, float, str, bytes, tuple))


def _file_of(module) -> str:
    name = getattr(module, "__file__", None)
    return os.path.realpath(name) if isinstance(name, str) else ""


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _renewed(old: object, new: object) -> bool:
    """Gives `old` what `new` has; False where it is of another kind, or cannot take it."""
    if isinstance(old, types.FunctionType) and isinstance(new, types.FunctionType):
        return _renewed_function(old, new)
    if isinstance(old, property) and isinstance(new, property):
        pairs = [(old.fget, new.fget), (old.fset, new.fset), (old.fdel, new.fdel)]
        return all(one is other or _renewed(one, other) for one, other in pairs)
    for kind in (classmethod, staticmethod):
        if isinstance(old, kind) and isinstance(new, kind):
            return _renewed(old.__func__, new.__func__)
    if isinstance(old, type) and isinstance(new, type) and old.__module__ == new.__module__:
        return _renewed_class(old, new)
    return False


def _renewed_function(old: types.FunctionType, new: types.FunctionType) -> bool:
    names = old.__code__.co_freevars
    if names != new.__code__.co_freevars or set(names) - {"__class__"}:
        return False  # what it closes over is another object now
    old.__code__, old.__defaults__ = new.__code__, new.__defaults__
    old.__kwdefaults__ = new.__kwdefaults__
    return True


def _renewed_class(old: type, new: type) -> bool:
    if isinstance(old, enum.EnumMeta):
        return False  # its members are objects of their own
    own = vars(old)
    for name, value in list(vars(new).items()):
        kept = name in own and _renewed(own[name], value)
        if not kept and name not in ("__dict__", "__weakref__", "__slots__"):
            try:
                setattr(old, name, value)
            except (AttributeError, TypeError):
                continue  # a slot's own descriptor, or a class that is closed
    return True


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
