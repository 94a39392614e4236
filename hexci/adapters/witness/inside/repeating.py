"""Makes recorded calls again, and others like them; one line of JSON an answer."""

import json
import os
import pickle
import random
import resource
import signal
import sys
import time

from . import worlds
from .calls import Call, called_from, canonical, digest, found, kind_of
from .neighbours import known, neighbours

_EACH = 0.5  # seconds for one call
_NEIGHBOURS = 70  # of one function
_FUNCTIONS = 8
_CALLER = ("main.py", "handle")  # another caller than ours
_WORLDS = ("plain", "called", "elsewhere", "terminal")


class Tell:
    """Appends to the file that the parent reads. `edges` are constants of base.

    What missed its files on another `machine` says nothing about the change.
    """

    def __init__(self, path, edges=(), machine=None):
        self._machine = machine
        self._edges = [edge for edge in edges if isinstance(edge, (int, float))]
        self._out = open(path, "a", encoding="utf-8")

    def weight(self, arguments):
        """Nothing, where an argument is at a bound that the program had."""
        numbers = [a for a in arguments if type(a) in (int, float)]
        at_edge = any(abs(n - e) <= 1 for n in numbers for e in self._edges if abs(e) > 2)
        return 0.0 if at_edge else weight(arguments)

    def say(self, **what):
        if self._machine is not None and self._machine.is_missed:
            return
        self._out.write(json.dumps(what) + "\n")
        self._out.flush()


class Ends:
    """After so many seconds of processor time, or many more of waiting."""

    def __init__(self, seconds):
        self._processor = time.process_time() + seconds
        self._waiting = seconds * 12
        self._begun = time.monotonic() - time.process_time()

    def reached(self):
        used = time.process_time()
        # a busy machine makes everybody wait, too: only much of it ends this
        return used > self._processor or time.monotonic() - self._begun - used > self._waiting


def in_worlds(root, orders):
    """Each world in a process of its own, all of them at once."""
    with open(os.path.join(root, orders["calls"]), encoding="utf-8") as told:
        record = json.load(told)
    out = os.path.join(root, orders["out"])
    children = []
    ends = worlds.terminal()
    for world in _WORLDS:
        pid = os.fork()
        if pid == 0:
            try:
                os.environ.update(record["environment"])
                worlds.leave_the_runner()
                _end_when_hung(orders["seconds"])
                machine = worlds.go_elsewhere() if world == "elsewhere" else None
                if world == "terminal":
                    worlds.sit_at(ends)
                load_path(root, record)
                tell = Tell(f"{out}.{world}", orders["edges"], machine)
                repeat(record, tell, world, orders["pool"], orders["seconds"])
            finally:
                os._exit(0)
        children.append(pid)
    if ends is not None:
        worlds.drain(ends)
    for pid in children:
        os.waitpid(pid, 0)
    _gather(out)


def _end_when_hung(seconds):
    """What no signal handler can interrupt is ended by the system."""
    most = int(time.process_time() + seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))


def _gather(out):
    with open(out, "w", encoding="utf-8") as together:
        for world in _WORLDS:
            if os.path.exists(f"{out}.{world}"):
                with open(f"{out}.{world}", encoding="utf-8") as part:
                    together.write(part.read())


def load_path(root, record):
    """What the tests could import, this can, too."""
    sys.path[:] = [
        os.path.join(root, inside) if inside else outside for outside, inside in record["path"]
    ]


def repeat(record, tell, world, pool, seconds):
    """All recorded calls; in the plain world their neighbours, then all again, by another caller.

    In the world `called` each comes from a function that lies and is named as the test's.
    """
    ends = Ends(seconds)
    calls = list(_unpickled(record, world == "called"))
    random.seed(0)
    _answer_all(calls, tell, world, ends, recorded=True)
    if world != "plain":
        return
    by_place = {}
    for call, _, _ in calls:
        by_place.setdefault(call.place, []).append(call)
    for place in sorted(by_place)[:_FUNCTIONS]:
        every = neighbours(by_place[place], _NEIGHBOURS, seed=7)
        near = [call for call in every if not _names(call, pool)]
        _answer_all([(call, "", None) for call in near], tell, "plain", ends, recorded=False)
        facts = known(by_place[place], pool, _NEIGHBOURS)
        _answer_all([(call, "", None) for call in facts], tell, "known", ends, recorded=False)
    random.seed(0)
    others = [(call, told, _CALLER) for call, told, _ in calls]
    _answer_all(others, tell, "again", ends, recorded=True)


def _names(call, pool):
    """Whether an argument is written out in the code, as a row of a table is."""
    return any(type(a) is type(c) and a == c for a in call.arguments for c in pool
               if isinstance(a, (int, float, str)) and a not in (0, 1, 2, ""))  # fmt: skip


def _unpickled(record, with_callers):
    for data, told, caller in record["calls"]:
        try:
            yield Call(*pickle.loads(bytes.fromhex(data))), told, caller if with_callers else None
        except BaseException:
            continue  # made of what only the tests have


def _answer_all(calls, tell, world, ends, recorded):
    for call, told, caller in calls:
        if ends.reached():
            return
        answer, kind = _answer(call, caller)
        tell.say(
            world=world,
            place=call.place,
            key=call.key(),
            answer=answer,
            kind=kind,
            recorded=recorded,
            told=told,
            weight=tell.weight(call.arguments),
            size=size(call.arguments),
        )


def _answer(call, caller):
    function = found(call.module, call.name)
    if function is None:
        return "", "missing"
    if caller is not None:
        function = called_from(*caller, function)
    signal.signal(signal.SIGALRM, _too_long)
    signal.setitimer(signal.ITIMER_REAL, _EACH)
    try:
        result, after = call.run(function)
        kind = kind_of(result)
        # only the result is comparable with what was seen in the test
        return [digest(canonical(result)), digest(canonical([result, after]))], kind
    except BaseException as error:
        return type(error).__name__, "raised"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _too_long(*_):
    raise TimeoutError


def size(arguments):
    """How far from zero the one whole number among the arguments is; -1 when there is none."""
    numbers = [abs(a) for a in arguments if type(a) is int]
    return numbers[0] if len(numbers) == 1 else -1


def weight(value):
    """How unlikely it is that somebody meets just this value by chance."""
    if value is None or isinstance(value, bool):
        return 0.0
    if isinstance(value, (int, float)):
        return 0.0 if value in (0, 1, -1, 2) else 1.5 if abs(value) < 13 else 2.0
    if isinstance(value, (str, bytes)):
        return min(4.0, len(value) / 2)
    if isinstance(value, (list, tuple, set, frozenset)):
        return min(4.0, sum(weight(v) for v in value))
    if isinstance(value, dict):
        return min(4.0, sum(weight(v) for pair in value.items() for v in pair))
    return min(4.0, sum(weight(v) for v in getattr(value, "__dict__", {}).values()))
