"""A stranger's tree, judged by the law of the tree it wants to change."""

from collections.abc import Iterable, Iterator, Mapping

from hexci.domain.boundaries.settings import BASELINE_PATH, BOUNDARIES_PATH, PYPROJECT
from hexci.ports.sources import Sources

_LAW = (BOUNDARIES_PATH, BASELINE_PATH, PYPROJECT)


class GovernedFiles:
    """Port Sources: the files of `head`, but boundaries and baseline as `base` has them."""

    def __init__(self, head: Sources, base: Sources) -> None:
        self._head = head
        self._base = base
        listed = base.listing()
        self._law = {path: listed[path] for path in _LAW if path in listed}

    def listing(self) -> Mapping[str, str]:
        """Path → blob SHA."""
        own = {path: sha for path, sha in self._head.listing().items() if path not in _LAW}
        return dict(sorted({**own, **self._law}.items()))

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The content of some files of the listing."""
        wanted = list(paths)
        yield from self._head.read(path for path in wanted if path not in _LAW)
        yield from self._base.read(path for path in wanted if path in _LAW)
