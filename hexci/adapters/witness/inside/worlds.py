"""Other circumstances for the program: later, elsewhere, at a terminal. Set up before it loads."""

import os
import sys
import tempfile

from .machine import Machine

_RUNNERS = ("pytest", "_pytest", "pluggy", "xdist", "nose", "nose2", "hypothesis")
_LATER = 3_000_000_000  # seconds, about 95 years


def leave_the_runner():
    """A process like any program's: no test runner can be found or imported."""
    sys.argv = ["main"]
    main = sys.modules["__main__"]
    # the folder that it lies in may have the word `test` in its path, as may the repository's
    main.__file__, main.__spec__ = os.path.join(os.sep, "srv", "main.py"), None
    finders = [_Without(finder) if hasattr(finder, "find_spec") else finder
               for finder in sys.meta_path]  # fmt: skip
    sys.meta_path[:] = finders
    for name in list(sys.modules):
        if name.partition(".")[0] in _RUNNERS:
            del sys.modules[name]
    for name in list(os.environ):
        if name.startswith(("PYTEST", "_PYTEST", "PYTHONHASHSEED", "PYTHONDONTWRITEBYTECODE")):
            del os.environ[name]


def go_elsewhere():
    """Another machine, which it returns, another folder, many years later."""
    os.chdir(tempfile.mkdtemp())
    _later()
    machine = Machine()
    machine.move_in()
    return machine


def terminal():
    """Both ends of a terminal, None where there is none to be had."""
    try:
        return os.openpty()
    except OSError:
        return None


def sit_at(ends):
    """The standard streams of this process become that terminal."""
    if ends is not None:
        for number in (0, 1, 2):
            os.dup2(ends[1], number)


def drain(ends):
    """What is written to the terminal goes nowhere, so that nobody waits for a reader."""
    import threading

    def read():
        try:
            while os.read(ends[0], 65536):
                pass
        except OSError:
            pass

    threading.Thread(target=read, daemon=True).start()


class _Without:
    """A finder that finds no test runner."""

    def __init__(self, finder):
        self._finder = finder

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in _RUNNERS:
            return None
        return self._finder.find_spec(name, path, target)

    def __getattr__(self, name):
        return getattr(self._finder, name)


def _later():
    import datetime
    import time

    seconds, nanoseconds, local, utc = time.time, time.time_ns, time.localtime, time.gmtime
    time.time = lambda: seconds() + _LATER
    time.time_ns = lambda: nanoseconds() + _LATER * 10**9
    time.localtime = lambda given=None: local(time.time() if given is None else given)
    time.gmtime = lambda given=None: utc(time.time() if given is None else given)
    then = datetime.timedelta(seconds=_LATER)

    class Kind(type):
        def __instancecheck__(cls, instance):
            return isinstance(instance, cls.__mro__[1])

    class Date(datetime.date, metaclass=Kind):
        @classmethod
        def today(cls):
            return super().today() + then

    class Moment(datetime.datetime, metaclass=Kind):
        @classmethod
        def now(cls, tz=None):
            return super().now(tz) + then

        @classmethod
        def utcnow(cls):
            return super().utcnow() + then

        @classmethod
        def today(cls):
            return super().today() + then

    Date.__name__ = Date.__qualname__ = "date"
    Moment.__name__ = Moment.__qualname__ = "datetime"
    datetime.date, datetime.datetime = Date, Moment
