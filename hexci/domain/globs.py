"""Path globs as git and pre-commit users know them: `*` inside one name, `**` across folders."""

import re
from collections.abc import Iterable
from functools import lru_cache


def matches(path: str, globs: Iterable[str]) -> bool:
    """Whether `path` (repository-relative, forward slashes) matches one of `globs`.

    A glob without a slash matches the name in any folder; one that ends in a slash matches all
    below that folder; a leading slash anchors at the root.
    """
    return any(_compiled(glob).fullmatch(path) is not None for glob in globs)


@lru_cache(maxsize=1024)
def _compiled(glob: str) -> re.Pattern[str]:
    anchored = "/" in glob.rstrip("/")
    text = glob.removeprefix("/")
    if text.endswith("/"):
        text += "**"
    prefix = "" if anchored else "(?:.*/)?"
    try:
        return re.compile(prefix + "".join(_pieces(text)), re.DOTALL)
    except re.error:  # a range that runs backwards, such as [z-a]: taken literally
        return re.compile(prefix + re.escape(text))


def _pieces(glob: str) -> Iterable[str]:
    position = 0
    while position < len(glob):
        if glob.startswith("**/", position):
            yield "(?:.*/)?"
            position += 3
        elif glob.startswith("**", position):
            yield ".*"
            position += 2
        elif glob[position] == "*":
            yield "[^/]*"
            position += 1
        elif glob[position] == "?":
            yield "[^/]"
            position += 1
        elif glob[position] == "[" and (end := glob.find("]", position + 2)) > 0:
            yield _character_class(glob[position + 1 : end])
            position = end + 1
        else:
            yield re.escape(glob[position])
            position += 1


def _character_class(body: str) -> str:
    negated = body[:1] in {"!", "^"}
    inner = body[1:] if negated else body
    escaped = "".join(c if c == "-" else re.escape(c) for c in inner).replace("--", "\\-\\-")
    return f"[{'^/' if negated else ''}{escaped}]"
