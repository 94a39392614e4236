"""Loaded by pytest through PYTEST_PLUGINS: takes over once the tests are collected."""

from __future__ import annotations

import pytest

from .holding import hold
from .roles import become

ROLE = become()


class _Suite:
    """pytest's items, run one by one by the whole of its protocol."""

    def __init__(self, session) -> None:
        self._items = {item.nodeid: item for item in session.items}
        self._reports: list = []
        self.last_error: BaseException | None = None

    def ids(self) -> list[str]:
        """Node ids in the order of collection."""
        return list(self._items)

    def given(self, tests: list[str]) -> list:
        """What tests are called with, as it is shared by all their runs."""
        specs = [getattr(self._items.get(test), "callspec", None) for test in tests]
        return [value for spec in specs if spec is not None for value in spec.params.values()]

    def run(self, test: str, following: str | None) -> bool:
        """Whether a test passed; skipped is not passed."""
        self._reports = []
        self.last_error = None
        item = self._items.get(test)
        if item is None:
            return False
        nextitem = self._items.get(following) if following is not None else None
        item.ihook.pytest_runtest_protocol(item=item, nextitem=nextitem)
        calls = [r for r in self._reports if r.when == "call"]
        return bool(calls) and all(r.outcome == "passed" for r in self._reports)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report) -> None:
        """Notes what pytest says of a phase."""
        self._reports.append(report)

    def pytest_exception_interact(self, call) -> None:
        """Notes what was raised."""
        if self.last_error is None:
            self.last_error = call.excinfo.value

    def pytest_runtest_makereport(self, item, call):
        """A report without the traceback as text: for people it is, and dearer than most tests.

        Neither first nor last: what pytest does for unittest's cases comes before, what it does
        for expected failures comes after.
        """
        report = pytest.TestReport(
            item.nodeid, item.location, {}, "passed", None, call.when, duration=call.duration
        )
        if call.excinfo is not None:
            skipped = isinstance(call.excinfo.value, pytest.skip.Exception)
            report.outcome = "skipped" if skipped else "failed"
        return report


if ROLE is not None:

    @pytest.hookimpl(tryfirst=True)
    def pytest_cmdline_main(config) -> None:
        """Collects in this process, whatever was said about distributing tests."""
        for name, value in (("numprocesses", None), ("dist", "no"), ("tx", []), ("looponfail", 0)):
            if hasattr(config.option, name):
                setattr(config.option, name, value)
        config.option.tbstyle = "native"
        config.option.maxfail = 0
        if ROLE is not None and ROLE.job is not None:
            files = dict.fromkeys(t.partition("::")[0] for t in ROLE.job["collect"])
            config.args = [str(config.rootpath / file) for file in files]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(session) -> None:
        """Serves instead of running."""
        plugins = session.config.pluginmanager
        capture = plugins.getplugin("capturemanager")
        if capture is not None:
            capture.stop_global_capturing()
            capture._method = "no"
            capture.start_global_capturing()
        reporter = plugins.getplugin("terminalreporter")
        if reporter is not None:
            plugins.unregister(reporter)
        suite = _Suite(session)
        plugins.register(suite)
        if ROLE is not None:
            hold(suite, ROLE)
