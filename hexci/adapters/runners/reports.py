"""The formats in which test runners report: JSON of jest's form, of mocha's, JUnit XML, TAP."""

import json
import re
from pathlib import PurePath
from xml.etree import ElementTree as ET

from hexci.domain.evidence import TestResult, TestStatus

_MESSAGE = 4_000
_JEST = {
    "passed": TestStatus.PASSED,
    "failed": TestStatus.FAILED,
    "pending": TestStatus.SKIPPED,
    "skipped": TestStatus.SKIPPED,
    "todo": TestStatus.SKIPPED,
    "disabled": TestStatus.SKIPPED,
}


def read_jest(text: str, root: PurePath) -> list[TestResult] | None:
    """Tests of `jest --json`, also written by vitest; ids are `FILE::full name`."""
    body = _object(text)
    if not isinstance(body.get("testResults"), list):
        return None
    tests: list[TestResult] = []
    for file in _objects(body, "testResults"):
        name = _below(str(file.get("name", "")), root)
        inside = _objects(file, "assertionResults")
        for test in inside:
            status = _JEST.get(str(test.get("status")))
            if status is None:
                return None
            said = test.get("failureMessages")
            message = "\n".join(map(str, said)) if isinstance(said, list) else ""
            full = str(test.get("fullName", "")).strip()
            tests.append(TestResult(f"{name}::{full}", status, message[:_MESSAGE]))
        broke = file.get("status") == "failed"
        if broke and not any(test.get("status") == "failed" for test in inside):
            message = str(file.get("message", ""))[:_MESSAGE]
            tests.append(TestResult(name, TestStatus.ERROR, message))
    return tests


_MOCHA = {"passes": TestStatus.PASSED, "failures": TestStatus.FAILED, "pending": TestStatus.SKIPPED}


def read_mocha(text: str, root: PurePath) -> list[TestResult] | None:
    """Tests of mocha's `json` reporter; ids are `FILE::full title`."""
    body = _object(text)
    if not all(isinstance(body.get(kind), list) for kind in _MOCHA):
        return None
    tests = []
    for kind, status in _MOCHA.items():
        for test in _objects(body, kind):
            name = _below(str(test.get("file") or ""), root)
            error = test.get("err")
            error = error if isinstance(error, dict) else {}
            message = str(error.get("stack") or error.get("message") or "")
            full = str(test.get("fullTitle", ""))
            tests.append(TestResult(f"{name}::{full}", status, message[:_MESSAGE]))
    return tests


def read_junit(data: bytes) -> list[TestResult] | None:
    """Tests of one JUnit XML file; ids are `classname.name`. None when it is not one.

    A document type is refused: entities can expand without end.
    """
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return None
    try:
        root = ET.fromstring(data)  # noqa: S314 - without a document type there is nothing to expand
    except ET.ParseError:
        return None
    if root.tag not in {"testsuite", "testsuites"}:
        return None
    return [_junit_case(case) for case in root.iter("testcase")]


def _junit_case(case: ET.Element) -> TestResult:
    name = ".".join(filter(None, [case.get("classname"), case.get("name")]))
    for tag, status in (
        ("error", TestStatus.ERROR),
        ("failure", TestStatus.FAILED),
        ("skipped", TestStatus.SKIPPED),
    ):
        found = case.find(tag)
        if found is not None:
            message = f"{found.get('message') or ''}\n{found.text or ''}".strip()
            return TestResult(name, status, message[:_MESSAGE], _seconds(case))
    return TestResult(name, TestStatus.PASSED, "", _seconds(case))


def _seconds(case: ET.Element) -> float:
    try:
        return float((case.get("time") or "0").replace(",", ""))
    except ValueError:
        return 0.0


_TAP_PLAN = re.compile(r"^1\.\.(\d+)\b")
_TAP_TEST = re.compile(r"^(not )?ok\b\s*(\d+)?\s*(?:- )?([^#]*)(?:#\s*(\w+))?")


def read_tap(text: str) -> list[TestResult] | None:
    """Tests of a TAP stream; ids are `NUMBER description`. None when plan and tests disagree."""
    plans = [int(found[1]) for line in text.splitlines() if (found := _TAP_PLAN.match(line))]
    lines = [found for line in text.splitlines() if (found := _TAP_TEST.match(line))]
    if len(plans) != 1 or plans[0] != len(lines) or "Bail out!" in text:
        return None
    tests = []
    for number, found in enumerate(lines, 1):
        directive = (found[4] or "").lower()
        if directive.startswith("skip"):
            status = TestStatus.SKIPPED
        elif directive.startswith("todo"):
            status = TestStatus.XFAILED if found[1] else TestStatus.XPASSED
        else:
            status = TestStatus.FAILED if found[1] else TestStatus.PASSED
        tests.append(TestResult(f"{found[2] or number} {found[3].strip()}".strip(), status))
    return tests


def _object(text: str) -> dict[str, object]:
    """The JSON object that `text` is; an empty one when it is none."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _objects(body: dict[str, object], name: str) -> list[dict[str, object]]:
    """The objects of the list `name`: all else in it is not of the format."""
    found = body.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _below(path: str, root: PurePath) -> str:
    return path.removeprefix(f"{root}/")
