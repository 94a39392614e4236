"""A claim of what a search found, with its reproducer as a test that a person would keep."""

import re

from hexci.domain.canonical import Json
from hexci.domain.finding import Severity
from hexci.domain.review.claim import Claim

_WORD = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*\Z")
_TITLES = {
    "crashes": "{name} breaks with {failure}",
    "roundtrips": "{name}: what went in does not come back",
    "examples": "{name} does not answer what its own example says",
    "races": "{name} answers several threads what it would never answer one",
    "hangs": "{name} calls back under its lock, and who uses the object then waits for ever",
    "torn": "{name}: stopped in the middle of it, the file cannot be opened again ({failure})",
    "lost": "{name}: stopped in the middle of it, what was kept before is lost",
    "leaks": "{name} leaves a file open",
    "swallowed": "{name} hides any error: its caller cannot tell failure from success",
}
_SEVERITIES = {"swallowed": Severity.WARNING}
# modules of the standard library that a search may use in what it writes
_STANDARD = frozenset(
    ["gc", "itertools", "pathlib", "random", "shutil", "sys", "tempfile", "threading", "time",
     "warnings"]
)  # fmt: skip


def claim_of(lens: str, found: Json) -> Claim | None:
    """The claim of one find; None for what a search of ours never writes."""
    facts = found if isinstance(found, dict) else {}
    match facts:
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
            test = _test_of(lens, module, imported, body, name, _standard(facts))
            kind = str(facts.get("kind", lens))
            title = _TITLES.get(kind, _TITLES[lens]).format(name=name, failure=failure)
            severity = _SEVERITIES.get(kind, Severity.ERROR)
            return Claim(lens, title, path, line, failure, test, severity=severity, by="search")
    return None


def _standard(found: dict[str, Json]) -> list[str]:
    named = found.get("std")
    return (
        [n for n in named if isinstance(n, str) and n in _STANDARD]
        if isinstance(named, list)
        else []
    )


def _test_of(  # noqa: PLR0913, PLR0917
    lens: str, module: str, names: list[str], body: list[str], name: str, standard: list[str]
) -> str:
    if lens == "roundtrips":
        there, back = names
        value = body[0].removeprefix("assert came_back(").removesuffix(")")
        body = [f"value = {value}", f"assert {back}({there}(value)) == value"]
    called = re.sub(r"\W+", "_", name).strip("_").lower()
    inner = "\n        ".join(line for text in body for line in text.splitlines())
    imports = "".join(f"import {one}\n" for one in sorted({*standard, "unittest"}))
    return (
        f"{imports}\nfrom {module} import {', '.join(names)}\n\n\n"
        f"class Reproducer(unittest.TestCase):\n"
        f"    def test_{called}(self):\n        {inner}\n"
    )
