"""Findings as SARIF 2.1.0, within what GitHub code scanning accepts.

That is 25,000 results a run, and 10 MB when compressed. Where there is more, the worst are kept.
"""

import json

from hexci import __version__
from hexci.domain.bounded import bounded
from hexci.domain.finding import Finding, Report, Severity
from hexci.domain.json_values import Json

_MOST_RESULTS = 25_000
_LARGEST = 10_000_000  # bytes, compressed
_MESSAGE = 4_096
_MOST_READ = 1_000
_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def render(report: Report, largest: int = _LARGEST) -> str:
    """One SARIF log with one run; how many findings were left out is said in it."""
    most = _MOST_RESULTS
    while True:
        text = _log(report, _worst(report, most))
        data = text.encode("utf-8", "surrogatepass")
        if len(data) <= largest or len(_compressed(data)) <= largest:
            return text
        most = min(most, len(report.findings)) // 2


def _compressed(data: bytes) -> bytes:
    import gzip  # noqa: PLC0415 - most logs are small

    return gzip.compress(data, 6)


def _worst(report: Report, most: int) -> tuple[Finding, ...]:
    if len(report.findings) <= most:
        return report.findings
    worst = sorted(report.findings, key=lambda finding: _WEIGHT[finding.severity])[:most]
    return tuple(sorted(worst, key=lambda finding: finding.sort_key))


def _log(report: Report, kept: tuple[Finding, ...]) -> str:
    run: dict[str, Json] = {
        "tool": {"driver": {"name": "hexci", "version": __version__, "rules": _rules(kept)}},
        "automationDetails": {"id": f"hexci/{report.tool}/"},
        "columnKind": "utf16CodeUnits",
        "results": [_result(finding) for finding in kept],
    }
    if len(report.findings) > len(kept):
        run["properties"] = {"leftOut": len(report.findings) - len(kept)}
    log: dict[str, Json] = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    # for reading; but with an indent the standard library encodes at a tenth of the speed
    indent = 2 if len(kept) <= _MOST_READ else None
    return json.dumps(log, indent=indent, sort_keys=True, ensure_ascii=False) + "\n"


def _rules(findings: tuple[Finding, ...]) -> list[Json]:
    whys = {f.rule: f.why or f.rule for f in findings}
    return [
        {"id": rule, "shortDescription": {"text": why}, "help": {"text": why}}
        for rule, why in sorted(whys.items())
    ]


def _uri(path: str) -> str:
    bare = path.replace("/", "").replace("_", "").replace("-", "").replace(".", "")
    if bare.isascii() and bare.isalnum():
        return path  # as it would be quoted
    from urllib.parse import quote  # noqa: PLC0415 - 2 ms

    # a name that is not UTF-8 keeps its bytes
    return quote(path.encode("utf-8", "surrogateescape"))


def _result(finding: Finding) -> Json:
    region: dict[str, Json] = {"startLine": max(1, finding.line)}
    if finding.col:
        region["startColumn"] = finding.col
    text = f"{finding.message}\n{finding.fix}" if finding.fix else finding.message
    result: dict[str, Json] = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": bounded(text, _MESSAGE, "…")},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(finding.path), "uriBaseId": "%SRCROOT%"},
                    "region": region,
                }
            }
        ],
        "partialFingerprints": {"primaryLocationLineHash": finding.fingerprint},
    }
    if finding.proof:
        result["properties"] = {"reproducer": finding.proof}
    return result
