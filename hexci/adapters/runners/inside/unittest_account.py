"""Runs inside the room instead of `-m unittest`: the same loader and runner, plus an account.

Self-contained and for any Python from 3.8 on. `ORDERS` is filled in for each run.
"""

import json
import os
import random
import re
import sys
import time
import unittest

from hexci.adapters.runners.inside.patience import Patience

ORDERS = {"report": "", "key": "", "root": "", "only": [], "shuffle": None, "patience": 0.0}
_report = open(ORDERS["report"], "a", encoding="utf-8") if ORDERS["report"] else None
_ABOUT = re.compile(r"(?:setUpClass|tearDownClass|setUpModule|tearDownModule) \((.+)\)$")


def _tell(**line):
    if _report is not None:
        _report.write(json.dumps(dict(line, key=ORDERS["key"])) + "\n")
        _report.flush()


def _id(test):
    """What could not be set up or imported is named by its class or module."""
    name = test.id()
    about = _ABOUT.match(name)
    return about.group(1) if about else name.replace("unittest.loader._FailedTest.", "", 1)


def _message(text):
    """The last lines of a traceback say what failed: they come first, the rest may be cut."""
    lines = text.rstrip().splitlines()
    told = [line for line in lines if line and not line[0].isspace()][-3:]
    return ("\n".join(told)[:2000] + "\n" + text)[:4000]


def _failure(err):
    """The exception's type and its innermost frame in the repository."""
    _, error, traceback = err
    place = ""
    while traceback is not None:
        code = traceback.tb_frame.f_code
        path = os.path.relpath(os.path.abspath(code.co_filename), ORDERS["root"] or os.getcwd())
        if not path.startswith(os.pardir):
            place = "{}:{}".format(path.replace(os.sep, "/"), traceback.tb_lineno)
        traceback = traceback.tb_next
    return {"kind": type(error).__name__, "place": place}


_patience = Patience(ORDERS["patience"])


class AccountingResult(unittest.TextTestResult):
    def startTest(self, test):
        self._begun = time.perf_counter()
        super().startTest(test)
        self._waits = _patience.begin()

    def stopTest(self, test):
        if self._waits:
            _patience.end()
        super().stopTest(test)

    def _tell_of(self, test, status, message="", err=None):
        seconds = time.perf_counter() - getattr(self, "_begun", time.perf_counter())
        failure = _failure(err) if err is not None else {}
        _tell(id=_id(test), status=status, message=_message(message), seconds=seconds, **failure)

    def addSuccess(self, test):
        super().addSuccess(test)
        self._tell_of(test, "passed")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._tell_of(test, "failed", self.failures[-1][1], err)

    def addError(self, test, err):
        super().addError(test, err)
        self._tell_of(test, "error", self.errors[-1][1], err)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._tell_of(test, "skipped", reason)

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self._tell_of(test, "xfailed")

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._tell_of(test, "xpassed")

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._tell_of(test, "failed", self._exc_info_to_string(err, subtest), err)


def _file_of(test):
    path = getattr(sys.modules.get(type(test).__module__), "__file__", "") or ""
    return os.path.relpath(path, os.getcwd()).replace(os.sep, "/")


def _leaves(suite):
    for item in suite:
        if isinstance(item, unittest.TestSuite):
            yield from _leaves(item)
        else:
            yield item


def _ordered(suite):
    tests = list(_leaves(suite))
    only = set(ORDERS["only"])
    if only:
        tests = [test for test in tests if only & {_id(test), _file_of(test)}]
    if ORDERS["shuffle"] is not None:
        # classes stay together, so that their fixtures run once
        groups = {}
        for test in tests:
            groups.setdefault(type(test), []).append(test)
        chance = random.Random(ORDERS["shuffle"])
        order = list(groups.values())
        chance.shuffle(order)
        for group in order:
            chance.shuffle(group)
        tests = [test for group in order for test in group]
    return unittest.TestSuite(tests)


class AccountingRunner(unittest.TextTestRunner):
    resultclass = AccountingResult

    def run(self, test):
        if ORDERS["only"] or ORDERS["shuffle"] is not None:
            test = _ordered(test)
        result = super().run(test)
        _tell(end=0 if result.wasSuccessful() else 1)
        return result


if __name__ == "__main__":
    os.unlink(__file__)
    sys.path[0] = os.getcwd()
    sys.argv[0] = "python -m unittest"
    unittest.main(module=None, testRunner=AccountingRunner)
