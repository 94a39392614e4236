"""Runs inside the room: a pytest plugin that tells, test by test, what pytest itself decided.

Self-contained and for any Python from 3.8 on. `ORDERS` is filled in for each run. What it was
told, and how it was brought in, is taken away before the first line of the program runs.
"""

import json
import os
import random
import re

import pytest

from hexci.adapters.runners.inside.patience import Patience

ORDERS = {"report": "", "key": "", "root": "", "only": [], "shuffle": None, "patience": 0.0}
_told = {"to": None}
_MODERN = int(pytest.__version__.partition(".")[0]) >= 7
_ASSERTION = re.compile(r"(?m)^E .*$")


def _tell(**line):
    if _told["to"] is not None:
        _told["to"].write(json.dumps(dict(line, key=ORDERS["key"])) + "\n")
        _told["to"].flush()


def _message(report):
    """Assertion lines first: the rest may be cut."""
    text = str(report.longrepr)
    first = "\n".join(_ASSERTION.findall(text))[:2000]
    return (first + "\n" + text if first else text)[:4000]


_patience = Patience(ORDERS["patience"])


def _without(name, mine):
    left = os.environ.get(name, "").replace(mine, "", 1).strip()
    if left:
        os.environ[name] = left
    else:
        os.environ.pop(name, None)


# pytests that the tests themselves start are none of our business
_without("PYTEST_ADDOPTS", "-p " + __name__)
_without("PYTHONPATH", os.path.dirname(__file__) + os.pathsep)
_without("PYTHONPATH", os.path.dirname(__file__))
if ORDERS["report"] and "PYTEST_XDIST_WORKER" not in os.environ:  # a worker's controller tells
    _told["to"] = open(ORDERS["report"], "a", encoding="utf-8")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config):
    """Before the first file of the repository is imported."""
    if not getattr(early_config.known_args_namespace, "numprocesses", None) and _told["to"]:
        os.unlink(__file__)  # the workers of xdist would have to import it again


def _is_unwanted(path, config):
    wanted = {id_.partition("::")[0] for id_ in ORDERS["only"]}
    if not wanted or os.path.isdir(path):
        return None
    return (
        True
        if os.path.relpath(path, str(config.rootdir)).replace(os.sep, "/") not in wanted
        else None
    )


if _MODERN:

    def pytest_ignore_collect(collection_path, config):
        return _is_unwanted(str(collection_path), config)

else:

    def pytest_ignore_collect(path, config):
        return _is_unwanted(str(path), config)


def pytest_collection_modifyitems(config, items):
    only = set(ORDERS["only"])
    if only:
        kept, left = [], []
        for item in items:
            chosen = only & {item.nodeid, item.nodeid.partition("::")[0]}
            (kept if chosen else left).append(item)
        items[:] = kept
        if left:
            config.hook.pytest_deselected(items=left)
    if ORDERS["shuffle"] is not None:
        random.Random(ORDERS["shuffle"]).shuffle(items)


def _failure(error, traceback):
    """The exception's type and its innermost frame in the repository."""
    place = ""
    while traceback is not None:
        code = traceback.tb_frame.f_code
        path = os.path.relpath(os.path.abspath(code.co_filename), ORDERS["root"])
        if not path.startswith(os.pardir):
            place = "{}:{}".format(path.replace(os.sep, "/"), traceback.tb_lineno)
        traceback = traceback.tb_next
    return {"kind": type(error).__name__, "place": place}


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_call(item):
    waits = _patience.begin()
    yield
    if waits:
        _patience.end()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    if call.excinfo is not None:
        report = outcome.get_result()
        report.hexci_failure = _failure(call.excinfo.value, call.excinfo.tb)


def pytest_collectreport(report):
    if report.failed:
        _tell(id=report.nodeid or "collection", status="error", message=_message(report))


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
        message = "" if status == "passed" else _message(report)
        failure = {} if status == "passed" else getattr(report, "hexci_failure", {})
        _tell(id=report.nodeid, status=status, message=message, seconds=report.duration, **failure)


def pytest_sessionfinish(session, exitstatus):
    _tell(end=int(exitstatus))
