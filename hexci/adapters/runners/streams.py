"""What runners print that report to nobody else: `go test -json`, libtest's and nextest's text."""

import json
import re

from hexci.domain.evidence import TestResult, TestStatus

_MESSAGE = 4_000
_GO = {"pass": TestStatus.PASSED, "fail": TestStatus.FAILED, "skip": TestStatus.SKIPPED}


def read_go(text: str) -> list[TestResult] | None:
    """Tests of `go test -json`; ids are `PACKAGE::Test/subtest`, of a package that broke its name.

    None when nothing of that form was printed.
    """
    tests: list[TestResult] = []
    said: dict[tuple[str, str], str] = {}
    packages: dict[str, str] = {}
    for line in text.splitlines():
        event = _event(line)
        package, test = str(event.get("Package", "")), str(event.get("Test", ""))
        action = str(event.get("Action", ""))
        if action == "output":
            said[package, test] = said.get((package, test), "") + str(event.get("Output", ""))
        elif action in _GO and test:
            message = said.get((package, test), "")[:_MESSAGE] if action == "fail" else ""
            seconds = event.get("Elapsed", 0.0)
            elapsed = float(seconds) if isinstance(seconds, int | float) else 0.0
            tests.append(TestResult(f"{package}::{test}", _GO[action], message, elapsed))
        elif action in _GO:
            packages[package] = action
    broken = {t.id.partition("::")[0] for t in tests if t.status is TestStatus.FAILED}
    for package, action in packages.items():
        if action == "fail" and package not in broken:
            message = said.get((package, ""), "")[:_MESSAGE]
            tests.append(TestResult(package, TestStatus.ERROR, message))
    return tests if packages else None


def words_of_go(text: str) -> str:
    """The stream as a person would have seen it."""
    lines = []
    for line in text.splitlines(keepends=True):
        event = _event(line)
        lines.append(str(event.get("Output", "")) if "Action" in event else line)
    return "".join(lines)


def _event(line: str) -> dict[str, object]:
    if not line.startswith("{"):
        return {}
    try:
        body = json.loads(line)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


_BINARY = re.compile(r"^\s+(?:Running (?:unittests )?(\S+) \(|Doc-tests (\S+))")
_TEST = re.compile(r"^test (.+?)(?: - should panic)? \.\.\. (ok|FAILED|ignored)\b")
_SUMMARY = re.compile(r"^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored;")
_DETAIL = re.compile(
    r"^---- (.+?) stdout ----\n(.*?)(?=^---- |^failures:|\Z)", re.MULTILINE | re.DOTALL
)
_CARGO = {"ok": TestStatus.PASSED, "FAILED": TestStatus.FAILED, "ignored": TestStatus.SKIPPED}
_ORDER = (TestStatus.PASSED, TestStatus.FAILED, TestStatus.SKIPPED)


def read_cargo(text: str) -> list[TestResult] | None:
    """Tests of `cargo test`; ids are `BINARY::path::name`, BINARY a source file or `doc:CRATE`.

    None when a binary's lines disagree with its own summary, so that a test that prints such a
    line by itself is noticed, and when nothing was run at all (it did not compile).
    """
    details = {found[1]: found[2].strip()[:_MESSAGE] for found in _DETAIL.finditer(text)}
    tests: list[TestResult] = []
    binary, since, summaries = "", 0, 0
    for line in text.splitlines():
        if found := _BINARY.match(line):
            binary = found[1] or f"doc:{found[2]}"
        elif found := _TEST.match(line):
            status = _CARGO[found[2]]
            message = details.get(found[1], "") if status is TestStatus.FAILED else ""
            tests.append(TestResult(f"{binary}::{found[1]}", status, message))
        elif found := _SUMMARY.match(line):
            seen = [sum(t.status is s for t in tests[since:]) for s in _ORDER]
            if seen != [int(n) for n in found.groups()]:
                return None
            since, summaries = len(tests), summaries + 1
    return tests if summaries and since == len(tests) else None


_NEXTEST = re.compile(
    r"^\s+(?:TRY \d+ )?(PASS|FAIL|SKIP|SIGABRT|SIGSEGV|TIMEOUT|FLAKY \d+/\d+)"
    r" \[[^\]]*\] (?:\([^)]*\) )?(\S+) (\S+)$"
)
_NEXTEST_SUMMARY = re.compile(r"^\s+Summary \[[^\]]*\]\s+(\d+)(?:/\d+)? tests? run:", re.MULTILINE)


def read_nextest(text: str) -> list[TestResult] | None:
    """Tests of `cargo nextest run`; ids are `BINARY::path::name`."""
    found: dict[str, TestStatus] = {}
    for line in text.splitlines():
        if match := _NEXTEST.match(line):
            status = {"PASS": TestStatus.PASSED, "SKIP": TestStatus.SKIPPED}
            found[f"{match[2]}::{match[3]}"] = status.get(match[1], TestStatus.FAILED)
    summary = _NEXTEST_SUMMARY.search(text)
    ran = sum(status is not TestStatus.SKIPPED for status in found.values())
    if summary is None or int(summary[1]) != ran:
        return None
    return [TestResult(id_, status) for id_, status in found.items()]
