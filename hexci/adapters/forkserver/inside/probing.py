"""What plausible patches do on inputs that no test has: one digest an input, for each patch."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import time

from .canonical import canonical, consumed
from .copying import copied
from .exchanging import LiveFunctions
from .inputs import mutated
from .limits import bound_test
from .recording import Recorder, call
from .remaking import made_anew
from .serving import Reply
from .showing import call_shown

_RECORDING_SECONDS = 5.0
_MOST_HANGS = 3


def probe(suite, live: LiveFunctions, job: dict, reply: Reply) -> None:
    """Records the tests' calls, changes their arguments, and tells each patch's answers."""
    inputs = _inputs(suite, live, job)
    reply.say(inputs=[call_shown(function, arguments) for function, arguments, _ in inputs])
    ends = time.monotonic() + job["seconds"]
    own = [each for each in inputs if each[2]]
    kinds = _answers_of(live, {}, own, job["each"], 1.0)
    reply.say(patch=-1, kinds=_kinds(kinds))
    for number, patch in enumerate(job["patches"]):
        left = max(0.5, (ends - time.monotonic()) / (len(job["patches"]) - number))
        answers = _answers_of(live, patch, inputs, job["each"], left)
        kinds = _kinds([a for a, each in zip(answers, inputs) if each[2]])
        reply.say(patch=number, kinds=kinds, answers=[digest for digest, _ in answers])


def _kinds(answers: list) -> list:
    # `NotImplemented` is no answer of another type: it leaves the answer to the other operand
    return sorted({kind for _, kind in answers} - {None, "NotImplementedType"})


def _inputs(suite, live: LiveFunctions, job: dict) -> list:
    """(function, arguments, whether they are recorded ones)."""
    patched = {tuple(key) for key in job["patched"]}
    # with a patch in place no test hangs or stops half-way
    live_patches = [patch["units"] for patch in job["patches"] if patch.get("units")]
    for unit in live_patches[0] if live_patches else ():
        live.exchange(unit)
    focus = {tuple(key) for key in job["focus"]}
    recorder = Recorder(live, set(job["test_files"]), patched, focus)
    order = [*job["first"], *job["then"]]
    ends = time.monotonic() + _RECORDING_SECONDS
    for at, test in enumerate(order):
        if time.monotonic() > ends:
            break
        bound_test(job["limits"].get(test, job["limit"]) * 10 + 2)
        recorder.start()
        try:
            suite.run(test, order[at + 1] if at + 1 < len(order) else None)
        finally:
            recorder.stop()
    live.restore()
    bound_test(60.0)
    found: list = []
    near = [key for key in recorder.calls if key in recorder.near] or list(recorder.calls)
    for key in sorted(recorder.calls):
        share = max(4, job["inputs"] // len(near)) if key in near else 4
        function = live.function(key)
        calls = recorder.calls[key]
        if function is None or len({len(c) for c in calls}) != 1:
            continue
        found += [(function, c, True) for c in calls[: share // 3 + 1]]
        try:
            found += [(function, c, False) for c in mutated(calls, share, job["seed"])]
        except Exception:  # noqa: BLE001, S112 - what the program's own objects do when compared
            continue
    return found


def _answers_of(live: LiveFunctions, patch: dict, inputs: list, each: float, left: float) -> list:
    """(digest, type of what was given back, if anything was) for each input."""
    answers: list = []
    hangs = 0
    ends = time.monotonic() + left
    while len(answers) < len(inputs):
        if hangs >= _MOST_HANGS or time.monotonic() > ends:
            answers += [("unknown", None)] * (len(inputs) - len(answers))
            break
        told = _in_child(live, patch, inputs[len(answers) :], each)
        answers += told
        if len(answers) < len(inputs):
            answers.append(("hang", None))
            hangs += 1
    return answers


def _in_child(live: LiveFunctions, patch: dict, inputs: list, each: float) -> list:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        try:
            reply = Reply(writing)
            bound_test(each * 10)
            if all(live.exchange(unit) for unit in patch.get("units", ())):
                again = made_anew(patch.get("files", {}))
                for function, arguments, recorded in inputs:
                    bound_test(each)
                    digest, kind = _answer(again(function), arguments, recorded)
                    reply.say(answer=digest, kind=kind)
        finally:
            os._exit(0)
    os.close(writing)
    said = b""
    ends = time.monotonic() + len(inputs) * each * 4 + 2
    os.set_blocking(reading, False)
    while time.monotonic() < ends:
        try:
            data = os.read(reading, 1 << 16)
        except BlockingIOError:
            time.sleep(0.002)
            continue
        if not data:
            break
        said += data
    os.close(reading)
    try:
        os.kill(pid, signal.SIGKILL)
    except OSError:
        pass
    os.waitpid(pid, 0)
    told = [json.loads(line) for line in said.split(b"\n")[:-1]]
    return [(each["answer"], each["kind"]) for each in told]


def _answer(function, arguments: list, recorded: bool) -> tuple:
    own = copied(arguments)
    kind = None
    try:
        value = call(function, own)
        kind = type(value).__name__
        text = f"{canonical(consumed(value))} {canonical(own)}"
    except BaseException as error:  # noqa: BLE001 - any exception is an answer
        # which exception a made-up input raises is nobody's contract; that of a test's own is
        text = f"raised {type(error).__name__}" if recorded else "raised"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16], kind
