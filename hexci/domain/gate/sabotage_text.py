"""The sabotage probe for JavaScript, TypeScript, Go and Rust: changed functions made to fail."""

import difflib
import re

from hexci.domain.gate.masking import closing, family_of, masked

_FAIL = {
    "ecmascript": ' throw new Error("this code was made to fail"); ',
    "go": ' panic("this code was made to fail"); ',
    "rust": ' if true { panic!("this code was made to fail") } ',
}
_HEADERS = {
    "ecmascript": re.compile(r"(?:\bfunction\b[^{}]*|=>\s*|\)\s*(?::\s*[\w<>\[\]|., ]+)?\s*)$"),
    "go": re.compile(r"\bfunc\b[\s\S]*$"),
    "rust": re.compile(r"\bfn\b[\s\S]*$"),
}
_NO_FUNCTION = re.compile(r"\b(?:if|for|while|switch|catch|with|match|loop|select)\b[^{}]*$")
_ARROW = re.compile(r"=>[ \t]*(?![ \t{\n])")
_MODULE = {
    "ecmascript": 'throw new Error("this code was made to fail");\n',
    "go": '\nfunc init() { panic("this code was made to fail") }\n',
}


def sabotage_text(path: str, before: bytes | None, after: bytes) -> bytes | None:
    """`after` with the functions round every changed line failing; None when there are none."""
    family = family_of(path)
    if not family:
        return None
    text = after.decode("utf-8", "surrogateescape")
    mask = masked(text, family)
    old = (before or b"").decode("utf-8", "surrogateescape")
    changed = _changed_offsets(masked(old, family), mask)
    bodies = {body for at in changed if (body := _body_round(mask, at, family))}
    arrows = _arrows(mask, changed, bodies) if family == "ecmascript" else []
    if not bodies and not arrows:
        return None
    edits = [(at + 1, at + 1, _FAIL[family]) for at in bodies]
    edits += [(start, end, "{" + _FAIL[family] + "}") for start, end in arrows]
    for start, end, put in sorted(edits, reverse=True):
        text = text[:start] + put + text[end:]
    return text.encode("utf-8", "surrogateescape")


def sabotage_text_module(path: str, before: bytes | None, after: bytes) -> bytes | None:
    """A module that fails when loaded, if lines outside functions changed; else None."""
    family = family_of(path)
    if family not in _MODULE:
        return None
    text = after.decode("utf-8", "surrogateescape")
    mask = masked(text, family)
    old = masked((before or b"").decode("utf-8", "surrogateescape"), family)
    if all(_body_round(mask, at, family) for at in _changed_offsets(old, mask)):
        return None
    whole = _MODULE[family] if family == "ecmascript" else text + _MODULE[family]
    return whole.encode("utf-8", "surrogateescape")


def _changed_offsets(old: str, new: str) -> list[int]:
    """Where each changed line of `new` begins with code; a removal counts for the next line."""
    lines = new.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    matcher = difflib.SequenceMatcher(None, old.split("\n"), lines, autojunk=False)
    touched: set[int] = set()
    for tag, _, _, start, end in matcher.get_opcodes():
        if tag != "equal":
            touched |= set(range(start, max(end, start + 1)))
    return [
        starts[n] + len(lines[n]) - len(lines[n].lstrip())
        for n in sorted(touched)
        if n < len(lines) and lines[n].strip(" \t})];,")
    ]


def _body_round(mask: str, position: int, family: str) -> int | None:
    """The opening brace of the innermost function round `position`, or begun on its line."""
    line_end = mask.find("\n", position)
    limit = len(mask) if line_end < 0 else line_end
    best = None
    at = mask.find("{")
    while 0 <= at < limit:
        if closing(mask, at) >= position and _is_body(mask, at, family):
            best = at
        at = mask.find("{", at + 1)
    return best


def _is_body(mask: str, opening: int, family: str) -> bool:
    header = re.split(r"[;{}]", mask[:opening])[-1]
    return bool(_HEADERS[family].search(header)) and not _NO_FUNCTION.search(header)


def _arrows(mask: str, changed: list[int], bodies: set[int]) -> list[tuple[int, int]]:
    """Arrow functions without braces that begin on a changed line, outside the bodies."""
    found: list[tuple[int, int]] = []
    for position in changed:
        line_end = mask.find("\n", position)
        for arrow in _ARROW.finditer(mask, position, len(mask) if line_end < 0 else line_end):
            inside = any(body < arrow.start() < closing(mask, body) for body in bodies)
            if not inside and (not found or arrow.end() > found[-1][1]):
                found.append((arrow.end(), _expression_end(mask, arrow.end())))
    return found


def _expression_end(mask: str, start: int) -> int:
    depth = 0
    for at in range(start, len(mask)):
        char = mask[at]
        if char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
        ended = depth < 0 or (depth == 0 and char in ";,")
        if ended or (depth == 0 and char == "\n" and not _goes_on(mask, at)):
            return at
    return len(mask)


def _goes_on(mask: str, line_end: int) -> bool:
    before, after = mask[:line_end].rstrip()[-1:], mask[line_end:].lstrip()[:1]
    return before in "=+-*/%&|?:<>(,!" or after in (".", "+", "-", "*", "/", "?", ":", "&", "|")
