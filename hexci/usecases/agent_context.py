"""What a model sees before it asks: code round what failed, and the definitions that it uses."""

from collections.abc import Sequence
from dataclasses import dataclass

from hexci.domain.agent.places import Place, names_called, places_in, shown, windows
from hexci.domain.agent.prompt import failing_first
from hexci.domain.agent.steady import steady
from hexci.domain.evidence import EvidenceRun
from hexci.domain.plan import Plan
from hexci.domain.test_files import is_test_file
from hexci.ports.repo import Objects, Search

_DEFINED = r"^[ \t]*(async )?(pub )?(export )?(def|class|func|fn|function|struct|interface)[ \t]+"
# Places of a traceback, names looked up, characters of one file that is shown whole.
_PLACES = 12
_NAMES = 12
_WHOLE = 6_000


@dataclass(frozen=True, slots=True)
class CodeInSight:
    """Chooses the code for the opening prompt from the base tree."""

    objects: Objects
    search: Search

    def files(self, plan: Plan, red: EvidenceRun | None) -> tuple[tuple[str, str], ...]:
        """(path, text) of each file worth seeing: named ones, then what failed, then its needs."""
        tree = plan.base_tree
        paths = self.objects.files(tree).keys()
        places: list[Place] = []
        if red is not None:
            places += places_in(steady(failing_first(red), paths), paths)[:_PLACES]
        tests = [place for place in places if is_test_file(place[0])]
        seen = "\n".join(text for _, text in self._shown(tree, (), tests))
        places += self._definitions(tree, tuple(names_called(seen))[:_NAMES])
        return self._shown(tree, plan.files, places)

    def _definitions(self, tree: str, names: Sequence[str]) -> list[Place]:
        if not names:
            return []
        found = self.search.search(tree, rf"{_DEFINED}({'|'.join(names)})\b", "", 4 * _NAMES)
        places = (line.split(":", 2) for line in found)
        return [
            (parts[0], int(parts[1]))
            for parts in places
            if len(parts) == 3 and parts[1].isdigit() and not is_test_file(parts[0])
        ][:_NAMES]

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
