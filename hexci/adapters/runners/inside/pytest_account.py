"""Runs inside the room: a pytest plugin that tells, test by test, what pytest itself decided.

Self-contained and for any Python from 3.8 on. `ORDERS` is filled in for each run.
"""

import json
import random

ORDERS = {"report": "", "only": [], "shuffle": None}
_report = open(ORDERS["report"], "a", encoding="utf-8") if ORDERS["report"] else None


def _tell(**line):
    if _report is not None:
        _report.write(json.dumps(line) + "\n")
        _report.flush()


def pytest_collection_modifyitems(config, items):
    only = set(ORDERS["only"])
    if only:
        kept = [item for item in items if item.nodeid in only]
        left = [item for item in items if item.nodeid not in only]
        items[:] = kept
        if left:
            config.hook.pytest_deselected(items=left)
    if ORDERS["shuffle"] is not None:
        random.Random(ORDERS["shuffle"]).shuffle(items)


def pytest_collectreport(report):
    if report.failed:
        _tell(
            id=report.nodeid or "collection", status="error", message=str(report.longrepr)[-4000:]
        )


def pytest_runtest_logreport(report):
    status = None
    if hasattr(report, "wasxfail") and report.when == "call":
        status = "xfailed" if report.skipped else "xpassed"
    elif hasattr(report, "wasxfail"):
        status = "xfailed" if report.skipped else None
    elif report.skipped:
        status = "skipped"
    elif report.failed:
        status = "failed" if report.when == "call" else "error"
    elif report.when == "call":
        status = "passed"
    if status is not None:
        message = "" if status == "passed" else str(report.longrepr)[-4000:]
        _tell(id=report.nodeid, status=status, message=message, seconds=report.duration)


def pytest_sessionfinish(session, exitstatus):
    _tell(end=int(exitstatus))
