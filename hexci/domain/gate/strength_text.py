"""Whether a test file of a brace language only gained tests: whole new blocks, nothing changed."""

import difflib
import re

from hexci.domain.gate.masking import closing, family_of, masked

# What may stand around an added test, and how an added block may begin.
_GROUPS = re.compile(r"\b(?:describe|suite|context|mod|test\.describe)\b[^{}]*$")
_OPENERS = re.compile(
    r"\s*(?:(?:test|it|describe|suite|context)\s*\(|func\s+(?:Test|Benchmark|Fuzz|Example)\w*"
    r"|#\[(?:tokio::)?test\]|#\[cfg\(test\)\]|mod\s+tests?\b|import\b|use\b|const\s+\w"
    r"|(?:const|let|var)\s*\{[^}]*\}\s*=\s*require|fn\s+\w|function\s+\w|func\s+[a-z]|$)"
)
_WEAKENERS = re.compile(
    r"\b(?:skip|only|todo|xit|xdescribe|xtest|fit|fdescribe|TestMain|SkipNow|Skipf?|Setenv)\b"
    r"|#\[(?:ignore|cfg\((?!test\)))|process\s*\.|\bos\.Exit|func\s+init\s*\("
    r"|(?:before|after)(?:Each|All)?\s*\(|require\.cache|globalThis|\bglobal\."
)


def text_weakening(path: str, before: bytes, after: bytes) -> str:
    """Why the new file may assert less, empty when it only gained whole tests."""
    family = family_of(path)
    if not family:
        return "is evidence and may not be edited"
    try:
        old, new = before.decode().splitlines(), after.decode().splitlines()
    except UnicodeDecodeError:
        return "is not UTF-8"
    mask = masked("\n".join(new), family)
    starts = _line_starts(mask)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, _, _, start, end in matcher.get_opcodes():
        if tag == "equal":
            continue
        if tag != "insert":
            return f"line {start + 1}: what was asserted there changed"
        if fault := _insert_fault(mask, starts[start], starts[end]):
            return f"line {start + 1}: {fault}"
    return ""


def added_text_fault(path: str, source: bytes) -> str:
    """What a new test file does that reaches beyond its own tests; empty when nothing."""
    family = family_of(path)
    if not family:
        return ""
    mask = masked(source.decode("utf-8", "replace"), family)
    found = _REACHING.search(mask)
    return f"`{found.group().strip()}` reaches beyond its own tests" if found else ""


_REACHING = re.compile(
    r"\bTestMain\b|\bos\.Exit\b|\bprocess\s*\.\s*(?:exit|reallyExit|abort|kill|on\b)"
    r"|\bprocess\.exitCode|\brequire\.cache|func\s+init\s*\(|\.prototype\.\w+\s*=[^=]"
    r"|std::process::(?:exit|abort)"
)


def _insert_fault(mask: str, start: int, end: int) -> str:
    chunk = mask[start:end]
    if any(chunk.count(left) != chunk.count(right) for left, right in ("{}", "()", "[]")):
        return "the added lines are no whole tests"
    if found := _WEAKENERS.search(chunk):
        return f"`{found.group().strip()}` does more than add a test"
    if any(not _GROUPS.search(header) for header in _headers(mask, start)):
        return "lines were added inside a test"
    blocks = _top_lines(chunk)
    stray = next((line for line in blocks if not _OPENERS.match(line)), "")
    return f"`{stray.strip()[:60]}` is no test" if stray else ""


def _top_lines(chunk: str) -> list[str]:
    lines, depth = [], 0
    for line in chunk.splitlines():
        if depth == 0 and line.strip(" \t);}],"):
            lines.append(line)
        depth += sum(line.count(c) for c in "{([") - sum(line.count(c) for c in "})]")
    return lines


def _headers(mask: str, position: int) -> list[str]:
    """The text before each brace that is open at `position`."""
    found = []
    at = mask.find("{")
    while 0 <= at < position:
        if closing(mask, at) >= position:
            found.append(re.split(r"[;}]", mask[:at])[-1][-300:])
            at = mask.find("{", at + 1)
        else:
            at = mask.find("{", closing(mask, at))
    return found


def _line_starts(mask: str) -> list[int]:
    starts = [0]
    for line in mask.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts
