"""Notes the calls from test files into the program, with copies of their arguments."""

import gc
import json
import os
import pickle
import sys
import types

from .calls import Call, canonical, copied, digest, shape_of

_MOST_CALLS = 30  # of one function
_FARTHEST = 14  # frames of other people's code between a test and the program
_UNTOLD = ("PYTEST", "_PYTEST", "PYTHONHASHSEED", "PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "COV_",
           "COVERAGE")  # fmt: skip


class Watch:
    """Of one test process. `begin` and `end` stand round the body of each test."""

    def __init__(self, root, tests, out):
        self._root = os.path.realpath(root) + os.sep
        self._tests = set(tests)
        self._out = os.path.join(root, out)
        self._paths = {}
        self._names = {}
        self._open = []
        self._calls = {}
        # as the first test module finds it: what fixtures set is theirs
        self._environment = {k: v for k, v in os.environ.items() if not k.startswith(_UNTOLD)}

    def begin(self):
        self._open = []
        sys.setprofile(self._on_event)

    def end(self):
        sys.setprofile(None)
        self._write()

    def _path_of(self, code):
        name = code.co_filename
        if name.startswith("<"):
            return None
        if name not in self._paths:
            real = os.path.realpath(name)
            self._paths[name] = real[len(self._root) :] if real.startswith(self._root) else None
        return self._paths[name]

    def _on_event(self, frame, event, result):
        if event == "return" and self._open and self._open[-1][0] is frame:
            _, place, call, caller = self._open.pop()
            self._note(place, call, result, caller)
        if event != "call":
            return
        code = frame.f_code
        path = self._path_of(code)
        if path is None or path in self._tests or code.co_name.startswith("<"):
            return
        caller = self._caller_of(frame)
        if caller is None:
            return
        sys.setprofile(None)
        try:
            name = self._name_of(code)
            if name is None or len(self._calls.get(name, ())) >= _MOST_CALLS:
                return
            count = code.co_argcount + code.co_kwonlyargcount
            count += bool(code.co_flags & 0x04) + bool(code.co_flags & 0x08)
            values = [copied(frame.f_locals[n]) for n in code.co_varnames[:count]]
            if code.co_flags & 0x2A0:  # generators and coroutines return more than once
                self._note(name, Call(*name, shape_of(code), values), None, caller)
            else:
                self._open.append((frame, name, Call(*name, shape_of(code), values), caller))
        except BaseException:
            return
        finally:
            sys.setprofile(self._on_event)

    def _caller_of(self, frame):
        """(path, function) of the test that enters the program here; None where none does."""
        back = frame.f_back
        for _ in range(_FARTHEST):
            if back is None:
                return None
            path = self._path_of(back.f_code)
            if path is not None:
                return (path, back.f_code.co_name) if path in self._tests else None
            back = back.f_back
        return None

    def _name_of(self, code):
        if code not in self._names:
            functions = [f for f in gc.get_referrers(code) if isinstance(f, types.FunctionType)]
            names = {(f.__module__, f.__qualname__) for f in functions}
            name = names.pop() if len(names) == 1 else None
            plain = name is not None and "<" not in name[1]
            dunder = plain and name[1].rpartition(".")[2] in ("__eq__", "__ne__", "__hash__")
            self._names[code] = name if plain and not dunder else None
        return self._names[code]

    def _note(self, place, call, result, caller):
        sys.setprofile(None)
        try:
            told = "" if result is None else digest(canonical(result))
            self._calls.setdefault(place, []).append((_pickled(call), told, caller))
        except BaseException:
            return
        finally:
            sys.setprofile(self._on_event)

    def _write(self):
        paths = []
        for entry in sys.path:
            real = os.path.realpath(entry or os.getcwd())
            inside = (real + os.sep).startswith(self._root)
            paths.append(["", os.path.relpath(real, self._root)] if inside else [real, ""])
        told = {
            "python": sys.executable,
            "path": paths,
            "environment": self._environment,
            "calls": [
                [data.hex(), result, caller]
                for _, noted in sorted(self._calls.items())
                for data, result, caller in noted
            ],
        }
        with open(self._out, "w", encoding="utf-8") as out:
            json.dump(told, out)


def _pickled(call):
    return pickle.dumps((call.module, call.name, call.shape, call.arguments), protocol=4)
