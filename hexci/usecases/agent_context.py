"""What a model sees before it asks: the code that failing tests ran, what it uses, who calls it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hexci.domain.agent.places import Place, function_round, names_called, places_in, shown, windows
from hexci.domain.agent.prompt import FILE, failing_first
from hexci.domain.agent.steady import steady
from hexci.domain.evidence import EvidenceRun
from hexci.domain.plan import Plan
from hexci.domain.test_files import is_test_file
from hexci.ports.repo import Objects, Search

_DEFINED = r"^[ \t]*(async )?(pub )?(export )?(def|class|func|fn|function|struct|interface)[ \t]+"
# Places of a traceback, names looked up, callers.
_PLACES = 12
_NAMES = 12
_CALLERS = 4
# Characters of a file that is shown whole, and of all code that is shown.
_WHOLE = 6_000
_ALL = 40_000


@dataclass(frozen=True, slots=True)
class CodeInSight:
    """Chooses the code for the opening prompt from the base tree."""

    objects: Objects
    search: Search

    def files(
        self, plan: Plan, red: EvidenceRun | None, ran: Sequence[Place] = ()
    ) -> tuple[tuple[str, str], ...]:
        """(path, text) of each file worth seeing, the most telling first.

        Files that were named; what failed and what it ran (`ran`, worst first), the definitions
        that this uses, and its callers.
        """
        tree = plan.base_tree
        paths = self.objects.files(tree).keys()
        told: tuple[Place, ...] = ()
        if red is not None:
            told = places_in(steady(failing_first(red), paths), paths)[:_PLACES]
        at_fault = (*(p for p in told if not is_test_file(p[0])), *ran)
        tests = tuple(p for p in told if is_test_file(p[0]))
        near = self._shown(tree, (), (*tests, *at_fault))
        used = self._definitions(tree, names_called("\n".join(text for _, text in near)))
        calling = self._callers(tree, at_fault)
        found = self._shown(tree, plan.files, (*at_fault, *tests, *used, *calling))
        return tuple(_within(found, _ALL))

    def _definitions(self, tree: str, called: Iterable[str]) -> tuple[Place, ...]:
        names = tuple(called)[:_NAMES]
        if not names:
            return ()
        pattern = rf"{_DEFINED}({'|'.join(names)})\b"
        return self._places(tree, pattern, 4 * _NAMES)[:_NAMES]

    def _callers(self, tree: str, places: Sequence[Place]) -> tuple[Place, ...]:
        named = (function_round(self._text(tree, p).splitlines(), n) for p, n in places)
        names = [name for name in dict.fromkeys(named) if name]
        if not names:
            return ()
        pattern = rf"\b({'|'.join(names[:_NAMES])})[ \t]*\("
        found = self._places(tree, pattern, 4 * _NAMES)
        kinds = {path.rpartition(".")[2] for path, _ in places}  # read-me files quote code too
        return tuple(
            place
            for place in found
            if place[0].rpartition(".")[2] in kinds and not self._defines(tree, place)
        )[:_CALLERS]

    def _defines(self, tree: str, place: Place) -> bool:
        lines = self._text(tree, place[0]).splitlines()
        return bool(re.match(_DEFINED, lines[place[1] - 1]))

    def _places(self, tree: str, pattern: str, most: int) -> tuple[Place, ...]:
        parts = (line.split(":", 2) for line in self.search.search(tree, pattern, "", most))
        return tuple(
            (p[0], int(p[1]))
            for p in parts
            if len(p) == 3 and p[1].isdigit() and not is_test_file(p[0])
        )

    def _shown(
        self, tree: str, whole: Sequence[str], places: Sequence[Place]
    ) -> tuple[tuple[str, str], ...]:
        texts = {path: self._text(tree, path) for path in (*whole, *(p for p, _ in places))}
        lengths = {path: len(text.splitlines()) for path, text in texts.items()}
        ranges = windows(places, lengths)
        found = []
        for path, text in texts.items():
            small = len(text) <= _WHOLE
            parts = ranges.get(path) or [(1, lengths[path])]
            found.append((path, text if small else shown(text, parts)))
        return tuple(found)

    def _text(self, tree: str, path: str) -> str:
        return (self.objects.read(tree, path) or b"").decode("utf-8", "replace")


def _within(files: Iterable[tuple[str, str]], most: int) -> Iterator[tuple[str, str]]:
    """Files in order for as long as all of them together have at most `most` characters."""
    for path, text in files:
        most -= min(len(text), FILE)
        if most < 0:
            return
        yield path, text
