"""Objects that own a lock, used by several threads: is what they answer what one would be told?

Every thread makes the same calls, so whatever their order, all answers together must be those of
one thread that makes all the calls. And who calls back into the object must not hang.
"""

import sys
import threading

import hexci_stories as stories

LOCKS = (type(threading.Lock()), type(threading.RLock()), threading.Condition, threading.Semaphore)
THREADS, CALLS, ROUNDS = 4, 12, 6
# seconds until a thread is taken to hang; those of the first look are many, for a busy machine
HANGS, PATIENCE = 3.0, 15.0


def looks(kit):
    """One look for each class that owns a lock."""
    for path, module, lines in kit.modules():
        for name, cls in kit.classes(module):
            if kit.in_scope(cls, lines):
                yield lambda a=(path, module, name, cls): raced(kit, *a)


def owns_lock(module, making):
    space, error, cleaner = stories.told([making], module)
    cleaner.clean()
    one = space.get("one")
    return error is None and any(
        isinstance(v, LOCKS) for v in getattr(one, "__dict__", {}).values()
    )


def raced(kit, path, module, name, cls):
    makings = [line for line in stories.makings(cls) if owns_lock(module, line)]
    calls = stories.calls_of(cls, most=2)
    for method in calls:
        where = path, stories.line_of(getattr(cls, method))
        if not kit.under_review(where, getattr(cls, method)) or kit.is_late():
            continue
        for body in bodies(kit, module, makings, calls, method):
            kind = "hangs" if "def hanging():" in body else "races"
            title = "%s.%s" % (name, method)
            yield stories.find(kind, module, *where, "AssertionError", whole(body), title, [name])
            break


def bodies(kit, module, makings, calls, method):
    """The first reproducer that fails for calls of one method."""
    for making in makings:
        for setup in setups(calls, method):
            for call in calls[method]:
                if kit.is_late():
                    return
                try:
                    body = differs(module, making, setup, call)
                except Hung:
                    return  # it waits for somebody else, as queues do
                if body is not None:
                    yield body
                    return
        for body in reentries(making, calls, method):
            if fails(module, body):
                yield body
                return


def setups(calls, method):
    yield []
    for other, lines in calls.items():
        if other not in (method, "close"):
            yield ["for _ in range(%d):" % CALLS, "    " + lines[0]]


def differs(module, making, setup, call):
    """A reproducer, where threads are told something else than one caller is."""
    story = told_to(making, setup, call)
    if not run_in_time(lambda: fails(module, [*story, *compared(3)])):
        return None
    alone = ["self.assertEqual(answers_of(1), answers_of(1))"]
    body = [*story, *compared(ROUNDS)]
    # a claim that needs luck is none, and neither is one of answers that differ anyway
    sure = not any(fails(module, [*story, *alone * 3]) for _ in range(2))
    return body if sure and all(fails(module, body) for _ in range(3)) else None


class Hung(Exception):
    """A call did not come back."""


def run_in_time(call):
    found = []
    worker = threading.Thread(target=lambda: found.append(call()), daemon=True)
    worker.start()
    worker.join(PATIENCE)
    if not found:
        raise Hung
    return found[0]


def told_to(making, setup, call):
    """A function that gives the answers of so many threads, sorted."""
    inner = [making, *setup]
    inner = [*stories.prelude([*inner, call]), *inner]
    return [
        "def answers_of(threads):",
        *("    " + line for line in inner),
        "    answers, together = [], threading.Barrier(threads)",
        "    def work():",
        "        together.wait(10)",
        "        for _ in range(%d // threads):" % CALLS,
        "            try:",
        "                answers.append(repr(%s))" % call,
        "            except Exception as error:",
        "                answers.append(type(error).__name__)",
        "    workers = [threading.Thread(target=work, daemon=True) for _ in range(threads)]",
        "    for worker in workers:",
        "        worker.start()",
        "    for worker in workers:",
        "        worker.join(10)",
        "    return sorted(answers)",
    ]


def compared(rounds):
    return [
        "self.addCleanup(sys.setswitchinterval, sys.getswitchinterval())",
        "sys.setswitchinterval(1e-6)",
        "for _ in range(%d):" % rounds,
        "    self.assertEqual(answers_of(1), answers_of(%d))" % THREADS,
    ]


def reentries(making, calls, method):
    """Reproducers in which what is called back uses the object again."""
    for given, lines in calls.items():
        for line in lines:
            name = next((n for n in ("still", "counted") if n in line), None)
            if name is None:
                continue
            first = line.replace(name, "again")
            for other, inner in calls.items():
                yield hanging(making, first, calls[method][0].replace(name, "again"), inner[0])


def hanging(making, first, last, inner):
    return [
        making,
        "seen = []",
        "def again(*given):",
        "    if not seen:",
        "        seen.append(given)",
        "        " + inner.replace("still", "again").replace("counted", "again"),
        "def hanging():",
        "    " + first,
        *(["    " + last] if last != first else []),
        "thread = threading.Thread(target=hanging, daemon=True)",
        "thread.start()",
        "thread.join(%s)" % HANGS,
        "hangs = thread.is_alive() and bool(seen) and hanging.__name__",
        "self.assertFalse(hangs, 'it waits for a lock that it holds')",
    ]


class Case(stories.Cleaner):
    """As much of a test case as the reproducers use."""

    def assertEqual(self, one, other):
        if one != other:
            raise AssertionError(one, other)

    def assertFalse(self, value, message=""):
        if value:
            raise AssertionError(message)


def whole(body):
    """A reproducer with what has to stand before it, unless it makes that anew each time."""
    return body if body[0].startswith("def answers_of") else [*stories.prelude(body), *body]


def fails(module, body):
    """Whether a reproducer ends with an assertion."""
    case = Case()
    space = {**stories.SPACE, **{n: v for n, v in vars(module).items() if n[0] != "_"}}
    space["self"] = case
    interval = sys.getswitchinterval()
    try:
        exec("\n".join(whole(body)), space)
    except AssertionError:
        return True
    except Exception:
        return False
    finally:
        case.clean()
        sys.setswitchinterval(interval)
    return False
