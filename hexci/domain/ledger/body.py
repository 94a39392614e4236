"""What stands below the front matter: sections, the card's sentence, amendments."""

import re
from collections.abc import Iterator

AMENDMENTS = "## Amendments"
# A dated, typed line with the text on it; longer texts go on in indented lines.
_ENTRY = re.compile(r"- \d{4}-\d{2}-\d{2} (erratum|clarification|link|evidence): \S.*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[A-Z0-9\"'(`])")
AMENDMENT_KINDS = ("erratum", "clarification", "link", "evidence")

# what each section may also be called (MADR's words)
_ALSO = {
    "context": ("context", "context and problem statement"),
    "decision": ("decision", "decision outcome"),
    "consequences": ("consequences", "positive consequences", "pros and cons of the options"),
}


def headings(body: str) -> Iterator[tuple[int, str]]:
    """(index of the line, heading line) of every ATX heading outside code fences."""
    for number, line, fenced in _lines(body):
        if not fenced and re.match(r"#{1,6} ", line):
            yield number, line


def open_fence(body: str) -> int | None:
    """The index of the line that opens a code fence which never ends, if any."""
    opened: int | None = None
    was = False
    for number, _, fenced in _lines(body + "\nthe end"):
        if fenced and not was:
            opened = number
        was = fenced
    return opened if was else None


def section(body: str, name: str) -> str | None:
    """The text of the section called `name` (context, decision, consequences), or None."""
    lines = body.split("\n")
    found = [
        (number, line) for number, line in headings(body) if line.startswith(("# ", "## ", "### "))
    ]
    for position, (number, line) in enumerate(found):
        if line.lstrip("#").strip().lower() in _ALSO[name]:
            level = len(line) - len(line.lstrip("#"))
            ends = (n for n, other in found[position + 1 :] if len(other.split(" ", 1)[0]) <= level)
            return "\n".join(lines[number + 1 : next(ends, len(lines))])
    return None


def card_sentence(body: str) -> str:
    """The first paragraph of the decision on one line; empty when there is none."""
    text = section(body, "decision") or ""
    paragraphs = (p.strip() for p in re.split(r"\n[ \t]*\n", text.strip("\n")))
    first = next((p for p in paragraphs if p and not p.startswith("#")), "")
    return " ".join(first.split())


def sentences(paragraph: str) -> int:
    """How many sentences a paragraph has, about."""
    return len(_SENTENCE_END.split(paragraph)) if paragraph else 0


def growth_fault(old: str, new: str) -> tuple[int, str] | None:
    """What is wrong with `new` as a decided body that was `old`: (line index, what), or None.

    The old text must be kept to the byte, and only dated entries may follow under
    `## Amendments` at the end.
    """
    if not new.startswith(old):
        return _first_difference(old, new), "differs from the decided text"
    added = new[len(old) :]
    if not added:
        return None
    start = old.count("\n")
    if old and not old.endswith("\n") and not added.startswith("\n"):
        return start, "the last decided line goes on"
    return _amendments_fault(old, added.split("\n"), start)


def amended(body: str, entry: str) -> str:
    """`body` with one more entry at its end."""
    grown = body if body.endswith("\n") or not body else body + "\n"
    if not _in_amendments(body):
        grown += f"\n{AMENDMENTS}\n\n"
    return f"{grown}{entry}\n"


def last_evidence(body: str) -> str:
    """What the youngest evidence amendment says; empty when nothing was proven yet."""
    found = re.findall(r"^- \d{4}-\d{2}-\d{2} evidence: (\S.*)$", body, re.MULTILINE)
    return found[-1] if found else ""


def entry_of(date: str, kind: str, text: str) -> str:
    """One amendment; further lines of `text` are indented."""
    first, *more = [line.strip() for line in text.strip().split("\n")]
    return "\n".join([f"- {date} {kind}: {first}", *(f"  {line}" for line in more if line)])


def _amendments_fault(old: str, lines: list[str], start: int) -> tuple[int, str] | None:
    inside = _in_amendments(old)
    entered = False
    for offset, line in enumerate(lines):
        if not line.strip():
            continue
        if not inside and line == AMENDMENTS:
            inside = True
        elif inside and _ENTRY.fullmatch(line):
            entered = True
        elif not (entered and line.startswith("  ")):
            where = "is no dated amendment" if inside else f"was added outside {AMENDMENTS}"
            return start + offset, where
    return None


def _in_amendments(body: str) -> bool:
    top = [line for _, line in headings(body) if line.startswith(("# ", "## "))]
    return bool(top) and top[-1].rstrip() == AMENDMENTS


def _first_difference(old: str, new: str) -> int:
    ours, theirs = new.split("\n"), old.split("\n")
    for number, (a, b) in enumerate(zip(ours, theirs, strict=False)):
        if a != b:
            return number
    return min(len(ours), len(theirs)) - 1


def _lines(body: str) -> Iterator[tuple[int, str, bool]]:
    """(index, line, whether it is code): the lines that open and end a fence are code too."""
    fence = ""
    for number, line in enumerate(body.split("\n")):
        match = _FENCE.match(line)
        if fence:
            yield number, line, True
            if match and match[1].startswith(fence) and not match[2].strip():
                fence = ""
        elif match and not (match[1][0] == "`" and "`" in match[2]):
            fence = match[1]
            yield number, line, True
        else:
            yield number, line, False
