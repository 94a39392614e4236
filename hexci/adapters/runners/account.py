"""Reading the account that was written inside a room: data from an untrusted place."""

import json
from pathlib import Path

from hexci.domain.evidence import Account, TestResult, TestStatus

_MOST_BYTES = 50_000_000
_MESSAGE = 4_000
_NAME = 500


def read_account(report: Path, key: str) -> list[TestResult] | None:
    """The tests in `report`; None when it is missing, cut short, or not of our form.

    Each line must carry the run's `key`, which only our plugin was told. A run that never reached
    its end line (a killed or exited interpreter) has no account.
    """
    if not report.is_file() or report.is_symlink() or report.stat().st_size > _MOST_BYTES:
        return None
    tests: list[TestResult] = []
    ended = False
    for line in report.read_text("utf-8", "replace").splitlines():
        body = _object(line)
        if body is None or ended or body.get("key") != key:
            return None
        ended = "end" in body
        result = None if ended else _result(body)
        if not ended and result is None:
            return None
        tests += [result] if result else []
    return tests if ended else None


def _object(line: str) -> dict[str, object] | None:
    try:
        body = json.loads(line)
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


def _result(body: dict[str, object]) -> TestResult | None:
    match body:
        case {"id": str(test), "status": str(status)} if status in {*TestStatus}:
            message = body.get("message", "")
            seconds = body.get("seconds", 0.0)
            kind, place = body.get("kind", ""), body.get("place", "")
            return TestResult(
                id=test,
                status=TestStatus(status),
                kind=kind[:_NAME] if isinstance(kind, str) else "",
                place=place[:_NAME] if isinstance(place, str) else "",
                message=message[:_MESSAGE] if isinstance(message, str) else "",
                seconds=float(seconds) if isinstance(seconds, int | float) else 0.0,
            )
    return None


def account_of(runner: str, tests: list[TestResult]) -> Account:
    """One result a test: what passes and then fails in its teardown has failed."""
    order = [TestStatus.ERROR, TestStatus.FAILED, TestStatus.XPASSED, TestStatus.XFAILED,
             TestStatus.SKIPPED, TestStatus.PASSED]  # fmt: skip
    worst: dict[str, TestResult] = {}
    for test in tests:
        known = worst.get(test.id)
        if known is None or order.index(test.status) < order.index(known.status):
            worst[test.id] = test
    return Account(runner, tuple(worst.values()))
