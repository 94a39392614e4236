"""`python -m unittest`, up to the point where the tests would run; then it serves."""

from __future__ import annotations

import sys
import unittest

from .holding import hold
from .roles import become


class _Suite:
    """unittest's cases, run one by one with their class's and module's fixtures."""

    def __init__(self, suite: unittest.TestSuite) -> None:
        self._cases = {case.id(): case for case in _flat(suite)}
        self.last_error: BaseException | None = None

    def ids(self) -> list[str]:
        """Dotted ids in the order of discovery."""
        return list(self._cases)

    def given(self, tests: list[str]) -> list:
        """What tests are called with from outside: nothing."""
        return []

    def run(self, test: str, following: str | None) -> bool:
        """Whether a test passed; skipped is not passed."""
        case = self._cases.get(test)
        if case is None:
            return False
        result = _Result()
        unittest.TestSuite([case]).run(result)
        # a suite forgets its tests; the case itself is kept here
        self.last_error = result.error
        return result.wasSuccessful() and not result.skipped and result.testsRun > 0


class _Result(unittest.TestResult):
    error: BaseException | None = None

    def addError(self, test, err) -> None:
        self._note(err)
        self.errors.append((test, ""))

    def addFailure(self, test, err) -> None:
        self._note(err)
        self.failures.append((test, ""))

    def addSubTest(self, test, subtest, err) -> None:
        if err is not None:
            self._note(err)
            self.failures.append((subtest, ""))

    def _note(self, err) -> None:
        if self.error is None:
            self.error = err[1]


class _Runner:
    """Stands where unittest expects what runs the tests."""

    def __init__(self, *_: object, **__: object) -> None:
        pass

    def run(self, test: unittest.TestSuite) -> unittest.TestResult:
        if ROLE is not None:
            hold(_Suite(test), ROLE)
        return unittest.TestResult()


def _flat(suite):
    for each in suite:
        if isinstance(each, unittest.TestSuite):
            yield from _flat(each)
        else:
            yield each


if __name__ == "__main__":
    ROLE = become()
    if sys.argv[0].endswith("unittest_main.py"):
        sys.argv[0] = "python -m unittest"
    unittest.main(module=None, testRunner=_Runner)  # type: ignore[arg-type]
