"""The fork server for real: a program held in memory, patched by the dozen."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from hexci.adapters.forkserver.bench import ForkBench
from hexci.adapters.forkserver.channel import Channel, ServerGoneError
from hexci.adapters.forkserver.executor import ForkServerExecutor
from hexci.compose.evidence import build_sandbox
from hexci.domain.evidence import Account, EvidenceRun, EvidenceSpec, TestResult, TestStatus
from hexci.domain.repair.patch import Patch
from hexci.domain.repair.source import Edit, parse_source
from hexci.domain.repair.unit import compile_unit, units_of
from hexci.ports.executor import Bench, Trial

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("pytest") is None, reason="pytest is not on the PATH"),
]

PROGRAM = """\
STEP = 2


def double(number):
    result = 0
    while number > 0:
        number -= 1
        result += 1
    return result


def step():
    return STEP
"""
TESTS = """\
import unittest

from program import double, step


class Doubling(unittest.TestCase):
    def test_three(self):
        self.assertEqual(6, double(3))

    def test_none(self):
        self.assertEqual(0, double(0))

    def test_step(self):
        self.assertEqual(3, step())
"""


RED = EvidenceRun(1, "", 1.0, "none")


class Folder:
    """A room that is just a folder."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, files: Mapping[str, bytes | None]) -> None:
        raise NotImplementedError

    def read(self, path: str) -> bytes | None:
        raise NotImplementedError

    def snapshot(self) -> str:
        raise NotImplementedError

    def reset(self) -> None:
        raise NotImplementedError


@contextmanager
def bench_in(
    folder: Path, command: str, program: str = PROGRAM, *, red: EvidenceRun = RED
) -> Iterator[Bench]:
    (folder / "program.py").write_text(program)
    (folder / "test_program.py").write_text(TESTS)
    executor = ForkServerExecutor(build_sandbox(None), slots=2)
    with executor.open(EvidenceSpec(command), Folder(folder), red, seconds=120) as bench:
        assert bench is not None
        yield bench


def patch_with(program: str, old: str, new: str) -> Patch:
    """The patch that makes `new` of `old` in a program."""
    source = parse_source("program.py", program.encode())
    assert source is not None
    start = program.index(old)
    edits = (Edit(start, start + len(old), new),)
    unit = next((u for u in units_of(source) if u.holds(edits)), None)
    compiled = compile_unit(source, unit, edits) if unit else None
    return Patch(
        edits=(("program.py", edits),),
        files={"program.py": program.replace(old, new).encode()},
        units=(compiled,) if compiled else None,
        family="by hand",
        operator=new,
        line=1,
        score=1.0,
        suspect=False,
        digest=new,
    )


@pytest.mark.parametrize("command", ["pytest -q", "python -m unittest -q"])
def test_failing_tests_their_lines_and_frames_are_found(tmp_path: Path, command: str) -> None:
    with bench_in(tmp_path, command) as bench:
        assert sorted(_short(test) for test in bench.failing) == ["test_step", "test_three"]
        trace = bench.trace()
        lines = {_short(t.id): {n for p, n in t.lines if p == "program.py"} for t in trace.tests}
        assert {4, 5, 6, 9} <= lines["test_none"]
        assert 7 not in lines["test_none"]
        paths = {path for test in trace.tests for path, _ in test.lines}
        assert paths == {"program.py", "test_program.py"}
        assert 7 in lines["test_three"]
        assert {crash.kind for crash in trace.crashes} == {"AssertionError"}
        assert {crash.shown for crash in trace.crashes} == {("6", "3"), ("3", "2")}


def newer_python() -> str | None:
    """An interpreter that has `sys.monitoring`: this one, or one on the PATH that really runs."""
    if sys.version_info >= (3, 12):
        return sys.executable
    for name in ("python3.14", "python3.13", "python3.12"):
        asked = [shutil.which(name) or "false", "-c", "import sys; print(sys.executable)"]
        done = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=60)
        if done.returncode == 0:
            return done.stdout.strip()
    return None


def test_a_newer_python_is_watched_without_the_trace_that_its_tests_use(tmp_path: Path) -> None:
    newer = newer_python()
    if newer is None:
        pytest.skip("no Python 3.12 or newer beside this one")
    tracing = PROGRAM.replace(
        "    result = 0\n",
        "    import sys\n    sys.settrace(lambda *_: None)\n    result = 0\n"
        "    for _ in range(400_000):\n        pass\n",
    )
    with bench_in(tmp_path, f"{newer} -m unittest -q", tracing) as bench:
        trace = bench.trace()
    lines = {_short(t.id): {n for p, n in t.lines if p == "program.py"} for t in trace.tests}
    assert {4, 5, 6, 7, 8, 9, 12} <= lines["test_three"]
    assert 11 in lines["test_three"]
    assert 11 not in lines["test_none"]
    assert trace.types["program.py", 4]["number"] == frozenset(["int"])


def test_a_patch_in_a_function_turns_its_test_green(tmp_path: Path) -> None:
    patch = patch_with(PROGRAM, "result += 1", "result += 2")
    assert patch.units is not None
    assert _passed(_tried(tmp_path, patch)) == ["test_three"]


def test_a_patch_outside_functions_is_imported_anew(tmp_path: Path) -> None:
    patch = patch_with(PROGRAM, "STEP = 2", "STEP = 3")
    assert patch.units is None
    assert _passed(_tried(tmp_path, patch)) == ["test_step"]


def test_a_patch_of_a_constant_is_believed_only_where_everything_is_imported_anew(
    tmp_path: Path,
) -> None:
    # the default keeps what the constant was when the function was made
    kept = PROGRAM.replace("def step():\n    return STEP", "def step(size=STEP):\n    return size")
    right = patch_with(kept.replace("result += 1", "result += 2"), "STEP = 2", "STEP = 3")
    with bench_in(tmp_path, "pytest -q", kept.replace("result += 1", "result += 2")) as bench:
        bench.trace()
        trial = next(iter(bench.try_many([right])))
    assert (trial.plausible, _passed(trial)) == (True, ["test_step"])


def test_a_patch_that_never_ends_is_cut(tmp_path: Path) -> None:
    trial = _tried(tmp_path, patch_with(PROGRAM, "number -= 1", "number -= 0"))
    assert trial.cut
    assert not trial.plausible


def test_programs_that_print_write_and_eat_memory_are_contained(tmp_path: Path) -> None:
    greedy = PROGRAM.replace(
        "    result = 0\n",
        "    result = 0\n"
        "    print('x' * 50_000_000)\n"
        "    open('big', 'w').write('x' * 80_000_000)\n"
        "    hoard = bytearray(3_000_000_000)\n",
    )
    with bench_in(tmp_path, "pytest -q", greedy) as bench:
        assert len(bench.failing) == 3
    assert (tmp_path / "big").stat().st_size <= 64_000_000


def test_processes_and_threads_of_the_program_do_not_outlive_the_bench(tmp_path: Path) -> None:
    length = f"{os.getpid()}.25"  # seconds, and a word that no other process has
    spawning = PROGRAM.replace(
        "    result = 0\n",
        "    result = 0\n"
        "    import subprocess, threading, time\n"
        f"    subprocess.Popen(['sleep', '{length}'])\n"
        f"    threading.Thread(target=time.sleep, args=({length},)).start()\n",
    )
    patch = patch_with(spawning, "result += 1", "result += 2")
    with bench_in(tmp_path, "pytest -q", spawning) as bench:
        assert _passed(next(iter(bench.try_many([patch])))) == ["test_three"]
    assert f"sleep\0{length}\0".encode() not in set(_command_lines())


def test_patches_tried_together_are_told_apart(tmp_path: Path) -> None:
    right = patch_with(PROGRAM, "result += 1", "result += 2")
    wrong = [patch_with(PROGRAM, "result += 1", f"result += {n}") for n in range(3, 9)]
    endless = patch_with(PROGRAM, "number -= 1", "number -= 0")
    with bench_in(tmp_path, "pytest -q") as bench:
        trials = list(bench.try_many([*wrong[:3], endless, *wrong[3:], right]))
    assert sorted(t.patch.digest for t in trials if t.passed) == ["result += 2"]
    assert [t.patch.digest for t in trials if t.cut] == ["number -= 0"]
    assert len(trials) == 8


def test_a_memory_of_earlier_calls_does_not_speak_for_a_patch(tmp_path: Path) -> None:
    keeping = PROGRAM.replace("def double", "KNOWN = {}\n\n\ndef double").replace(
        "    return result\n", "    return KNOWN.setdefault(number_asked, result)\n"
    )
    keeping = keeping.replace("    result = 0\n", "    result, number_asked = 0, number\n")
    cached = PROGRAM.replace("STEP = 2", "from functools import lru_cache\n\nSTEP = 2").replace(
        "def double", "@lru_cache\ndef double"
    )
    for number, program in enumerate((keeping, cached)):
        folder = tmp_path / str(number)
        folder.mkdir()
        patches = [patch_with(program, "result += 1", f"result += {n}") for n in (2, 3, 4)]
        with bench_in(folder, "pytest -q", program) as bench:
            passed = [t.patch.digest for t in bench.try_many(patches) if t.passed]
        assert passed == ["result += 2"]


def test_a_test_that_fails_only_sometimes_is_told_and_left_out(tmp_path: Path) -> None:
    names = ("test_three", "test_none")  # the first fails, the second only did in the red run
    told = tuple(
        TestResult(f"test_program.Doubling.{name}", TestStatus.FAILED, "it failed")
        for name in names
    )
    red = EvidenceRun(1, "", 1.0, "none", Account("pytest", told))
    with bench_in(tmp_path, "pytest -q", red=red) as bench:
        assert [_short(test) for test in bench.flaky] == ["test_none"]
        assert [_short(test) for test in bench.failing] == ["test_three"]


def test_a_server_that_is_gone_ends_the_search_and_not_the_run() -> None:
    hello = {"tests": ["t"], "live": [], "loaded": []}
    bench = ForkBench(GoneChannel(), hello, EvidenceRun(1, "", 1.0, "none"), slots=1)
    patch = patch_with(PROGRAM, "STEP = 2", "STEP = 3")
    assert list(bench.try_many([patch])) == []
    assert bench.lost


@pytest.mark.skipif(
    not Path("/proc/self/smaps_rollup").exists(), reason="this system does not tell shared memory"
)
def test_the_server_and_its_children_stay_below_their_share_of_memory(tmp_path: Path) -> None:
    functions = [patch_with(PROGRAM, "result += 1", f"result += {n}") for n in range(2, 40)]
    constants = [patch_with(PROGRAM, "STEP = 2", f"STEP = {n}") for n in range(3, 9)]
    with bench_in(tmp_path, "pytest -q") as bench, _watched(tmp_path) as held:
        bench.trace()
        list(bench.try_many([*functions, *constants]))
        bench.compare(functions[:3], seed=1)
    assert len(held) > 3
    assert 5_000_000 < max(held) < 300_000_000


@contextmanager
def _watched(folder: Path) -> Iterator[list[int]]:
    """What the server that serves `folder` holds, asked again and again meanwhile."""
    held: list[int] = []
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.05):
            held.append(_held_by(folder))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield held
    finally:
        over.set()
        watcher.join()


def _held_by(folder: Path) -> int:
    """Bytes of memory of all processes of the server that serves `folder`, shared pages once."""
    total = 0
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended while we looked
            if f"HEXCI_FORK_ROOT={folder}".encode() in (process / "environ").read_bytes():
                rollup = (process / "smaps_rollup").read_text()
                total += 1024 * int(rollup.partition("\nPss:")[2].split()[0])
    return total


class GoneChannel(Channel):
    """A channel whose other end has ended."""

    def __init__(self) -> None:
        pass

    def start(self, role: str, job: Mapping[str, object]) -> int:
        raise ServerGoneError("it is gone")


def _command_lines() -> Iterator[bytes]:
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it ended while we looked
            yield path.read_bytes()


def test_patches_that_do_the_same_agree_and_others_do_not(tmp_path: Path) -> None:
    fixed = PROGRAM.replace("STEP = 2", "STEP = 3").replace("result += 1", "result += 2")
    alike = [
        patch_with(fixed, "while number > 0", "while 0 < number"),
        patch_with(fixed, "number -= 1", "number = number - 1"),
    ]
    other = patch_with(fixed, "result += 2", "result += number")
    broken = fixed.replace("return STEP", "return STEP + 1")
    with bench_in(tmp_path, "pytest -q", broken) as bench:
        seen = bench.compare([*alike, other], seed=1)
    answers = [b.answers for b in seen]
    assert {"double(3)", "double(0)"} <= set(seen[0].inputs)
    assert len(seen[0].inputs) == len(answers[0])
    assert answers[0] == answers[1]
    assert answers[0] != answers[2]


def test_patches_of_a_decorated_function_are_compared_too(tmp_path: Path) -> None:
    remembered = "import functools\n\n\n@functools.lru_cache\ndef double("
    fixed = PROGRAM.replace("STEP = 2", "STEP = 3").replace("def double(", remembered)
    broken = fixed.replace("result += 1", "result += 3")
    alike = patch_with(broken, "result += 3", "result += 2")
    other = patch_with(broken, "result += 3", "result += number")
    with bench_in(tmp_path, "pytest -q", broken) as bench:
        seen = bench.compare([alike, other], seed=1)
    assert "double(3)" in seen[0].inputs
    assert seen[0].answers != seen[1].answers


def test_another_type_is_odd_and_leaving_it_to_the_other_operand_is_not(tmp_path: Path) -> None:
    fixed = PROGRAM.replace("STEP = 2", "STEP = 3").replace("result += 1", "result += 2")
    broken = fixed.replace("return result", "return result + 1")
    told = patch_with(broken, "return result + 1", "return str(result)")
    left = patch_with(broken, "return result + 1", "return NotImplemented")
    with bench_in(tmp_path, "pytest -q", broken) as bench:
        seen = bench.compare([told, left], seed=1)
    assert [b.odd for b in seen] == [True, False]


def test_a_command_that_starts_no_tests_gives_no_bench(tmp_path: Path) -> None:
    executor = ForkServerExecutor(build_sandbox(None), slots=1)
    red = EvidenceRun(1, "", 1.0, "none")
    for command in ("false", "pytest --no-such-option"):
        with executor.open(EvidenceSpec(command), Folder(tmp_path), red, seconds=60) as bench:
            assert bench is None


def _tried(folder: Path, patch: Patch) -> Trial:
    with bench_in(folder, "pytest -q") as bench:
        return next(iter(bench.try_many([patch])))


def _passed(trial: Trial) -> list[str]:
    return sorted(_short(test) for test in trial.passed)


def _short(test: str) -> str:
    return test.replace(":", ".").rpartition(".")[2]
