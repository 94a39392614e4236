"""A claim of what a search found, with its reproducer as a test that a person would keep."""

import re

from hexci.domain.canonical import Json
from hexci.domain.review.claim import Claim

_WORD = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*\Z")
_TITLES = {
    "crashes": "{name} breaks with {failure}",
    "roundtrips": "{name}: what went in does not come back",
    "examples": "{name} does not answer what its own example says",
}


def claim_of(lens: str, found: Json) -> Claim | None:
    """The claim of one find; None for what a search of ours never writes."""
    match found:
        case {
            "path": str(path),
            "line": int(line),
            "failure": str(failure),
            "module": str(module),
            "imports": [*names],
            "lines": [*lines],
            "name": str(name),
        } if _WORD.match(module) and names:
            imported = [n for n in names if isinstance(n, str) and _WORD.match(n)]
            body = [text for text in lines if isinstance(text, str)]
            test = _test_of(lens, module, imported, body, name)
            title = _TITLES[lens].format(name=name, failure=failure)
            return Claim(lens, title, path, line, failure, test, by="search")
    return None


def _test_of(lens: str, module: str, names: list[str], body: list[str], name: str) -> str:
    if lens == "roundtrips":
        there, back = names
        value = body[0].removeprefix("assert came_back(").removesuffix(")")
        body = [f"value = {value}", f"assert {back}({there}(value)) == value"]
    called = re.sub(r"\W+", "_", name).strip("_").lower()
    inner = "\n        ".join(line for text in body for line in text.splitlines())
    return (
        f"import unittest\n\nfrom {module} import {', '.join(names)}\n\n\n"
        f"class Reproducer(unittest.TestCase):\n"
        f"    def test_{called}(self):\n        {inner}\n"
    )
