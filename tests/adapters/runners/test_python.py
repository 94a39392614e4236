"""The accounts of pytest and unittest, from real runs in the sandbox."""

import sys

import pytest
from fakes.runners import Runs, statuses

from hexci.domain.gate.endless import KIND

PYTEST = f"{sys.executable} -m pytest -q"
UNITTEST = f"{sys.executable} -m unittest"
TESTS = """
import pytest
def test_good(): pass
def test_bad(): assert 1 == 2, 'of course'
@pytest.mark.skip
def test_skipped(): pass
@pytest.mark.xfail
def test_xfailed(): assert 0
@pytest.mark.xfail
def test_xpassed(): pass
@pytest.fixture
def broken(): raise RuntimeError
def test_error(broken): pass
@pytest.mark.parametrize('x', ['a', 'b c'])
def test_many(x): pass
"""


def test_pytest_tells_every_test(run: Runs) -> None:
    done = run(PYTEST, {"test_a.py": TESTS})
    assert (done.exit_code, statuses(done)) == (
        1,
        {
            "test_a.py::test_good": "passed",
            "test_a.py::test_bad": "failed",
            "test_a.py::test_skipped": "skipped",
            "test_a.py::test_xfailed": "xfailed",
            "test_a.py::test_xpassed": "xpassed",
            "test_a.py::test_error": "error",
            "test_a.py::test_many[a]": "passed",
            "test_a.py::test_many[b c]": "passed",
        },
    )


def test_the_assertion_comes_first_in_a_message(run: Runs) -> None:
    done = run(PYTEST, {"test_a.py": TESTS}, only=["test_a.py::test_bad"])
    assert done.account
    assert done.account.tests[0].message.startswith("E   AssertionError: of course\nE   assert")


def test_selected_tests_run_alone_and_other_files_are_not_imported(run: Runs) -> None:
    files = {"test_a.py": TESTS, "sub/test_b.py": "raise RuntimeError('imported')"}
    done = run(PYTEST, files, only=["test_a.py::test_many[b c]", "test_a.py::test_good"])
    assert (done.exit_code, sorted(statuses(done))) == (
        0,
        ["test_a.py::test_good", "test_a.py::test_many[b c]"],
    )


def test_another_order_runs_the_same_tests(run: Runs) -> None:
    text = "\n".join(f"def test_{n}(): pass" for n in range(20))
    plain, shuffled = run(PYTEST, {"test_a.py": text}), run(PYTEST, {}, shuffle=3)
    assert list(statuses(plain)) != list(statuses(shuffled))
    assert statuses(plain) == statuses(shuffled)


def test_a_file_that_cannot_be_imported_is_an_error(run: Runs) -> None:
    done = run(PYTEST, {"test_a.py": "import nowhere"})
    assert statuses(done) == {"test_a.py": "error"}


@pytest.mark.parametrize(
    "command", [f"PYTHONPATH=src {PYTEST}", f"PYTEST_ADDOPTS=-v PYTHONPATH='src' {PYTEST}"]
)
def test_variables_of_the_command_itself_are_kept(run: Runs, command: str) -> None:
    files = {
        "src/wares.py": "N = 1",
        "test_a.py": "import wares\ndef test_n(): assert wares.N == 1",
    }
    assert statuses(run(command, files)) == {"test_a.py::test_n": "passed"}


def test_workers_report_each_test_once(run: Runs) -> None:
    done = run(f"{PYTEST} -n 2", {"test_a.py": TESTS})
    assert done.account
    assert len(done.account.tests) == 8


def test_pytest_within_the_tests_is_not_accounted(run: Runs) -> None:
    inner = "def test_inner(): assert 0"
    outer = (
        "import subprocess, sys\n"
        "def test_outer():\n"
        "    done = subprocess.run([sys.executable, '-m', 'pytest', 'inner.py'])\n"
        "    assert done.returncode == 1"
    )
    done = run(PYTEST, {"test_a.py": outer, "inner.py": inner})
    assert statuses(done) == {"test_a.py::test_outer": "passed"}


FORGERIES = {
    "an early exit": "import os\nos._exit(0)",
    "a report of its own": (
        "import glob, json, os, tempfile\n"
        "for name in glob.glob('/tmp/hexci*/*'):\n"
        "    try:\n"
        "        with open(name, 'a') as f:\n"
        "            f.write(json.dumps({'id': 'T.test_bad', 'status': 'passed'}) + '\\n')\n"
        "            f.write(json.dumps({'end': 0}) + '\\n')\n"
        "    except OSError: pass\n"
        "os._exit(0)"
    ),
    "a report read from our own source": (
        "import os, re, glob\n"
        "for name in glob.glob('/tmp/hexci*/*.py'):\n"
        "    text = open(name).read()\n"
        "    key = re.search(r'key.{1,6}?([0-9a-f]{32})', text)[1]\n"
        "    report = re.search(r'report.{1,6}?(/[^\"\\\\\\\\]+)', text)[1]\n"
        '    open(report, \'w\').write(\'{"key": "%s", "id": "x", "status": "passed"}\\n\'\n'
        '                            \'{"key": "%s", "end": 0}\\n\' % (key, key))\n'
        "os._exit(0)"
    ),
}


@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES.keys())
@pytest.mark.parametrize("command", [PYTEST, f"{UNITTEST} test_a"])
def test_a_forged_report_is_no_account(run: Runs, forgery: str, command: str) -> None:
    test = "import unittest, wares\nclass T(unittest.TestCase):\n    def test_bad(self): assert 0"
    done = run(command, {"test_a.py": test, "wares.py": forgery})
    assert (done.exit_code, done.account) == (0, None)


def test_nothing_tells_the_tests_that_they_are_judged(run: Runs) -> None:
    test = (
        "import os\n"
        "def test_variables():\n"
        "    told = [k for k, v in os.environ.items() if 'account' in v or 'HEXCI' in k.upper()]\n"
        "    assert told == [] and 'PYTEST_ADDOPTS' not in os.environ and 'CI' not in os.environ"
    )
    assert statuses(run(PYTEST, {"test_a.py": test})) == {"test_a.py::test_variables": "passed"}


UNIT = """
import unittest
class T(unittest.TestCase):
    def test_good(self): pass
    def test_bad(self): self.assertEqual(1, 2)
    @unittest.skip('no')
    def test_skipped(self): pass
    @unittest.expectedFailure
    def test_xfailed(self): assert 0
    def test_parts(self):
        for n in range(3):
            with self.subTest(n=n): self.assertNotEqual(n, 1)
class Broken(unittest.TestCase):
    @classmethod
    def setUpClass(cls): raise RuntimeError
    def test_never(self): pass
"""


@pytest.mark.parametrize("command", [UNITTEST, f"{UNITTEST} discover", f"{UNITTEST} -v test_a"])
def test_unittest_tells_every_test(run: Runs, command: str) -> None:
    done = run(command, {"test_a.py": UNIT})
    assert (done.exit_code, statuses(done)) == (
        1,
        {
            "test_a.T.test_good": "passed",
            "test_a.T.test_bad": "failed",
            "test_a.T.test_skipped": "skipped",
            "test_a.T.test_xfailed": "xfailed",
            "test_a.T.test_parts": "failed",
            "test_a.Broken": "error",
        },
    )


def test_unittest_runs_selected_tests_alone(run: Runs) -> None:
    done = run(UNITTEST, {"test_a.py": UNIT}, only=["test_a.T.test_good"])
    assert (done.exit_code, statuses(done)) == (0, {"test_a.T.test_good": "passed"})


def test_a_module_that_cannot_be_imported_has_its_name(run: Runs) -> None:
    done = run(UNITTEST, {"test_a.py": "import nowhere"})
    assert statuses(done) == {"test_a": "error"}


ZERO = {
    "unittest, no tests": (UNITTEST, {"a.py": ""}),
    "pytest, all skipped": (
        PYTEST,
        {"test_a.py": "import pytest\npytestmark = pytest.mark.skip\ndef test_a(): 0"},
    ),
    "pytest, none collected": (PYTEST, {"test_a.py": ""}),
    "pytest, all deselected": (f"{PYTEST} -k nothing", {"test_a.py": "def test_a(): 0"}),
}


@pytest.mark.parametrize(("command", "files"), ZERO.values(), ids=ZERO.keys())
def test_zero_executed_tests_can_be_told(run: Runs, command: str, files: dict[str, str]) -> None:
    done = run(command, files)
    assert done.account is not None
    assert done.account.executed == frozenset()


CRASHES = """
import json
import lib
import unittest
class Cases(unittest.TestCase):
    def test_crash(self): lib.half([])
    def test_wrong(self): self.assertEqual(lib.half([4]), 3)
    def test_library(self): json.loads('x')
"""
LIB = """
def half(items):
    return items[0] // 2
"""


@pytest.mark.parametrize("command", [PYTEST, UNITTEST])
def test_a_failure_names_its_type_and_its_place_in_the_repository(run: Runs, command: str) -> None:
    done = run(command, {"test_c.py": CRASHES, "lib.py": LIB})
    assert done.account
    assert {t.id[-5:]: (t.kind, t.place) for t in done.account.tests} == {
        "crash": ("IndexError", "lib.py:3"),
        "wrong": ("AssertionError", "test_c.py:7"),
        "brary": ("JSONDecodeError", "test_c.py:8"),
    }


@pytest.mark.parametrize("command", [PYTEST, UNITTEST])
def test_a_path_selects_all_tests_of_a_file(run: Runs, command: str) -> None:
    files = {"test_c.py": CRASHES, "test_a.py": "def test_x(): pass", "lib.py": LIB}
    done = run(command, files, only=["test_c.py"])
    assert [name[-5:] for name in sorted(statuses(done))] == ["crash", "brary", "wrong"]


ENDLESS = """
import unittest
def forever():
    while True:
        try: len([])
        except Exception: pass
class TestIt(unittest.TestCase):
    def test_hangs(self): forever()
    def test_quick(self): pass
"""


@pytest.mark.parametrize(
    ("command", "name", "status"),
    [(PYTEST, "test_a.py::TestIt::", "failed"), (UNITTEST, "test_a.TestIt.", "error")],
)
def test_without_patience_an_endless_test_fails_and_the_next_is_run(
    command: str, name: str, status: str, run: Runs
) -> None:
    done = run(command, {"test_a.py": ENDLESS}, patience=0.2)
    assert done.exit_code == 1
    assert statuses(done) == {f"{name}test_hangs": status, f"{name}test_quick": "passed"}
    assert done.account
    assert {t.kind for t in done.account.tests if t.id in done.account.failed} == {KIND}


@pytest.mark.parametrize("command", [PYTEST, UNITTEST])
def test_a_test_that_waits_uses_no_processor_and_is_let_be(command: str, run: Runs) -> None:
    waits = "import time, unittest\nclass TestIt(unittest.TestCase):\n"
    waits += "    def test_waits(self): time.sleep(1.2)\n"
    assert run(command, {"test_a.py": waits}, patience=0.3).exit_code == 0


def test_an_alarm_of_the_tests_own_is_left_to_it(run: Runs) -> None:
    own = "import signal, time\nheard = []\ndef test_alarm():\n"
    own += "    signal.signal(signal.SIGALRM, lambda *_: heard.append(1))\n"
    own += "    signal.alarm(1)\n    time.sleep(1.5)\n    assert heard == [1]\n"
    own += "def test_it_is_kept(): assert signal.getsignal(signal.SIGALRM) is not None\n"
    assert run(PYTEST, {"test_a.py": own}, patience=0.5).exit_code == 0
