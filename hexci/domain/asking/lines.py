"""Which lines of a comment its author wrote as plain text, and not as a quote or as code."""

import re
from collections.abc import Iterator

_FENCE = re.compile(r"^ {0,3}(?P<marks>`{3,}|~{3,})(?P<rest>[^\n]*)$")
_TICKS = re.compile(r"`+")
_OPEN, _CLOSE = "<!--", "-->"
# An HTML block hides or dresses what stands in it until a blank line (CommonMark 4.6).
_HTML_BLOCK = re.compile(r"^ {0,3}</?[A-Za-z][A-Za-z0-9-]*(?:[\s/>]|$)")


def plain_lines(body: str) -> Iterator[str]:
    """The lines outside fences, comments, quotes, HTML blocks and indented code, in order.

    A fence or comment that is never closed hides all that follows, as GitHub draws it. A line
    with a comment in it is left out as a whole: part of it cannot be seen.
    """
    fence = paragraph = ""
    quoted = commented = html_block = False
    for line in body.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if fence:
            fence = "" if _closes(line, fence) else fence
            continue
        if commented:
            commented = _CLOSE not in line
            continue
        if _OPEN in line:
            commented = _CLOSE not in line.rpartition(_OPEN)[2]
            continue
        opened = _FENCE.match(line)
        if opened and not (opened["marks"][0] == "`" and "`" in opened["rest"]):
            fence, quoted = opened["marks"], False
            continue
        if not line.strip():
            quoted = html_block = False
            continue
        # a paragraph goes on in its quote without `>` until a blank line ("lazy continuation")
        quoted = quoted or line.lstrip(" ").startswith(">")
        html_block = html_block or bool(_HTML_BLOCK.match(line))
        hidden = quoted or html_block or line.startswith(("    ", "\t"))
        if not (hidden or _in_code(paragraph)):
            yield line
        paragraph += f"{line}\n"


def _in_code(paragraph: str) -> bool:
    """Whether a code span is still open at the end of a paragraph's first lines."""
    mark = 0
    for run in _TICKS.findall(paragraph):
        if not mark:
            mark = len(run)
        elif mark == len(run):
            mark = 0
    return bool(mark)


def _closes(line: str, fence: str) -> bool:
    found = _FENCE.match(line)
    return bool(
        found
        and found["marks"][0] == fence[0]
        and len(found["marks"]) >= len(fence)
        and not found["rest"].strip()
    )
