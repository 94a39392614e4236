"""`${{ … }}`: where a text has them, and whether a stranger decides what they become."""

import re
from collections.abc import Iterator, Mapping
from enum import IntEnum

_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
_INDEX = re.compile(r"\[\s*'?([^'\]]+?)'?\s*\]")
# these become true or false, whatever they are given
_JUDGING = re.compile(r"\b(?:contains|startswith|endswith|hashfiles)\s*\([^()]*\)")
_COMPARED = re.compile(r"[\w.*-]+\s*(?:==|!=|<=|>=|<|>)\s*(?:'[^']*'|[\w.*-]+)")
_LITERAL = re.compile(r"'(?:[^']|'')*'")
_NAME = r"(?:name|email|username)"
# What whoever opens an issue, comments, or names a branch or a file decides.
_STRANGERS = re.compile(
    r"\bgithub\.(?:head_ref\b|event\.(?:"
    r"(?:issue|pull_request|discussion)\.(?:title|body)\b"
    r"|(?:comment|review|review_comment)\.body\b"
    r"|pull_request\.head\.(?:ref|label|repo\.(?:default_branch|description|homepage))\b"
    r"|changes\.\w+\.from\b|pages\.[\w*]+\.(?:page_name|title)\b"
    rf"|(?:commits\.[\w*]+|head_commit)\.(?:message\b|(?:author|committer)\.{_NAME}\b)"
    r"|workflow_run\.(?:head_branch|display_title|head_repository\.description)\b"
    r"|workflow_run\.pull_requests\.[\w*]+\.head\.ref\b"
    rf"|workflow_run\.head_commit\.(?:message\b|(?:author|committer)\.{_NAME}\b)"
    r"))"
    # whole events, and lists of file names
    r"|\btojson\(\s*github(?:\.event(?:\.[\w.]+)?)?\s*\)"
    r"|\bsteps\.[\w-]+\.outputs\.(?:all_|added_|modified_|renamed_|other_)?\w*_?files\b"
)
# What whoever may push, dispatch or call decides: rarely a stranger, still no code.
_CALLERS = re.compile(
    r"\b(?:inputs\.[\w-]+|github\.event\.inputs\.[\w-]+|github\.event\.client_payload\b"
    r"|github\.ref_name\b)"
)
_ENV = re.compile(r"\benv\.([\w-]+)")
_SECRET = re.compile(r"\bsecrets\.(?!github_token\b)[\w-]+|\btojson\(\s*secrets\s*\)")


class Taint(IntEnum):
    """Who decides what an expression becomes."""

    NOBODY = 0
    CALLER = 1
    STRANGER = 2


def expressions(text: str) -> Iterator[tuple[str, str]]:
    """(`${{ … }}` as it stands, what is inside) of each expression in a text."""
    for found in _EXPRESSION.finditer(text):
        yield found[0], found[1]


def taint(inside: str, env: Mapping[str, Taint] | None = None) -> Taint:
    """Who decides the value of an expression; `env` says it of variables."""
    plain = _INDEX.sub(r".\1", inside).lower()
    whole = re.search(r"\btojson\(\s*github", plain)
    plain = _LITERAL.sub("", _COMPARED.sub("", _JUDGING.sub("", plain)))
    if whole or _STRANGERS.search(plain):
        return Taint.STRANGER
    found = [Taint.CALLER] if _CALLERS.search(plain) else []
    found += [t for name in _ENV.findall(plain) if (t := (env or {}).get(name)) is not None]
    return max(found, default=Taint.NOBODY)


def taint_of(text: str, env: Mapping[str, Taint] | None = None) -> Taint:
    """The worst of a text's expressions."""
    return max((taint(inside, env) for _, inside in expressions(text)), default=Taint.NOBODY)


def tainted_env(*layers: Mapping[str, str]) -> dict[str, Taint]:
    """Variable in lower case → who decides it, of those that somebody else decides; last wins."""
    found: dict[str, Taint] = {}
    for layer in layers:
        for name, text in layer.items():
            found[name.lower()] = taint_of(text, found)
    return {name: t for name, t in found.items() if t is not Taint.NOBODY}


def names_secret(text: str) -> str:
    """The first secret of the repository that a text takes in, as it stands there; or empty."""
    for shown, inside in expressions(text):
        if _SECRET.search(_INDEX.sub(r".\1", inside).lower()):
            return shown
    return ""
