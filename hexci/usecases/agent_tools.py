"""The reading tools over the base tree: data from git objects, so no path can lead outside."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hexci.domain.agent.prompt import failing_first
from hexci.domain.agent.steady import steady
from hexci.domain.canonical import Json
from hexci.domain.evidence import EvidenceRun
from hexci.domain.globs import matches
from hexci.errors import BadInputError
from hexci.ports.gateway import Gateway
from hexci.ports.repo import Objects, Search

# Characters of one answer, lines of a search, paths of a listing.
_ANSWER = 12_000
_LINES = 80
_PATHS = 300
_DEFINES = r"(def|class|function|func|fn|struct|enum|trait|interface|type|const|let|var)[ \t]+"


@dataclass(frozen=True, slots=True)
class ReadingTools:
    """What a model may look at. `evidence` gives the run of the evidence on the base."""

    tree: str
    objects: Objects
    search: Search
    evidence: Callable[[], EvidenceRun]
    gateway: Gateway

    def answer(self, name: str, arguments: Mapping[str, Json]) -> str:
        """The answer to a call of one of the reading tools, bounded; problems are answers too."""
        tools: dict[str, Callable[[Mapping[str, Json]], str]] = {
            "read_file": self._read_file,
            "list_files": self._list_files,
            "search": self._search,
            "context": self._context,
            "run_evidence": self._run_evidence,
        }
        if name not in tools:
            return (
                f"there is no tool {name!r}; there are: {', '.join(tools)}, propose_edit, give_up"
            )
        try:
            text = tools[name](arguments)
        except BadInputError as error:
            return error.message
        return text if len(text) <= _ANSWER else f"{text[:_ANSWER]}\n[cut at {_ANSWER} characters]"

    def _run_evidence(self, _: Mapping[str, Json]) -> str:
        return steady(failing_first(self.evidence()), self.objects.files(self.tree).keys())

    def _read_file(self, arguments: Mapping[str, Json]) -> str:
        path = _word(arguments, "path").removeprefix("./")
        self.gateway.require("fs.read", path)
        content = self.objects.read(self.tree, path)
        if content is None:
            near = [p for p in self.objects.files(self.tree) if p.endswith(path.rpartition("/")[2])]
            return f"there is no file {path!r}" + (f"; there is {near[:5]}" if near else "")
        lines = content.decode("utf-8", "replace").splitlines(keepends=True)
        start, end = _line(arguments, "start", 1), _line(arguments, "end", len(lines))
        return f"{path}, lines {start} to {min(end, len(lines))} of {len(lines)}:\n" + "".join(
            lines[start - 1 : end]
        )

    def _list_files(self, arguments: Mapping[str, Json]) -> str:
        glob = _word(arguments, "glob")
        self._require_all()
        found = sorted(path for path in self.objects.files(self.tree) if matches(path, [glob]))
        more = f"\n[{len(found) - _PATHS} more]" if len(found) > _PATHS else ""
        return ("\n".join(found[:_PATHS]) or f"no file matches {glob!r}") + more

    def _search(self, arguments: Mapping[str, Json]) -> str:
        glob = arguments.get("glob")
        pattern = _word(arguments, "pattern")
        self._require_all()
        named = glob if isinstance(glob, str) else ""
        if named and "/" not in named:
            named = f"**/{named}"
        lines = self.search.search(self.tree, pattern, named, _LINES)
        return "\n".join(lines) or f"nothing matches {pattern!r}"

    def _context(self, arguments: Mapping[str, Json]) -> str:
        target = _word(arguments, "target").rpartition(".")[2]
        if not re.fullmatch(r"\w+", target):
            return f"{target!r} is not a name; use read_file for a path"
        self._require_all()
        defined = self.search.search(self.tree, rf"{_DEFINES}{target}\b", "", _LINES // 4)
        used = self.search.search(self.tree, rf"\b{target}\b", "", _LINES // 2)
        rest = [line for line in used if line not in defined]
        return "\n".join(["defined:", *defined, "used:", *rest])

    def _require_all(self) -> None:
        """What looks everywhere needs to be allowed everywhere."""
        self.gateway.require("fs.read")


def _word(arguments: Mapping[str, Json], key: str) -> str:
    value = arguments.get(key)
    if not isinstance(value, str) or not value:
        raise BadInputError(f"the argument `{key}` is missing or not text")
    return value


def _line(arguments: Mapping[str, Json], key: str, default: int) -> int:
    value = arguments.get(key)
    return max(1, value) if isinstance(value, int) and not isinstance(value, bool) else default
