"""What an answer hangs on, so that a few imports more or less need no judging.

An import that no rule minds, that closes no cycle and that makes no module used or unused changes
two numbers of the answer and nothing else. Whether it is one of these, a few columns tell; where
they cannot, the whole is judged. Imports next to nothing, since a commit hook waits for it.
"""

from hexci.domain.boundaries.grade import Coverage
from hexci.domain.boundaries.targets import EXTERNAL, NOTHING, UNRESOLVED

TYPE_CHECKING = False  # that of `typing` takes 2 ms to import
if TYPE_CHECKING:
    from array import array

    Column = array[int] | memoryview[int]
    from hexci.domain.boundaries.python.resolve import PythonResolver

_MOST_LINKS = 128  # numbers in `more`; then the whole is judged again
_RUNS_NOTHING = (NOTHING,)


class Cycles:
    """Which links may close a cycle, or open one.

    Nodes of one rank are in one cycle, and each leads to its own or lower ranks. `units` are what
    the ranks are of, where those are not single modules: their packages. A rank below 0 is out of
    the matter. `first` and `targets` are the links, as `Links` has them; `more` are pairs of nodes
    that were linked since.
    """

    __slots__ = ("first", "more", "ranks", "targets", "units")

    def __init__(
        self, ranks: "Column", units: "Column", first: "Column", targets: "Column", more: list[int]
    ) -> None:
        """Without `units`, each node is its own; with them, no links are needed."""
        self.ranks, self.units = ranks, units
        self.first, self.targets, self.more = first, targets, more

    def mind(self, own: int, other: int, *, gone: bool) -> bool:
        """Whether a link that comes (or is `gone`) may change what cycles there are."""
        here, there = self.ranks[own], self.ranks[other]
        if here < 0 or there < 0 or (self.units and self.units[own] == self.units[other]):
            return False
        if gone or here == there:
            return here == there
        if self.units:
            return here < there
        if len(self.more) == _MOST_LINKS or self._leads(other, own):
            return True
        self.more.extend((own, other))
        return False

    def _leads(self, start: int, end: int) -> bool:
        """Whether a chain of links leads from one node to another."""
        ranks = self.ranks
        pairs = list(zip(self.more[::2], self.more[1::2], strict=True))
        if ranks[end] > ranks[start] and all(ranks[a] >= ranks[b] for a, b in pairs):
            return False  # every link leads down
        waiting, seen = [start], {start}
        while waiting:
            node = waiting.pop()
            leads = list(self.targets[self.first[node] : self.first[node + 1]])
            leads += [b for a, b in pairs if a == node]
            if end in leads:
                return True
            fresh = set(leads) - seen
            seen |= fresh
            waiting += fresh
        return False


class Numbers:
    """What an answer says of imports: its coverage, and how many lead from file to file."""

    __slots__ = ("coverage", "inside", "nodes")

    def __init__(self, coverage: Coverage, inside: int, nodes: int) -> None:
        """`nodes` is how many files there are."""
        self.coverage, self.inside, self.nodes = coverage, inside, nodes

    def facts(self) -> tuple[str, str]:
        """The two facts, as a report tells them."""
        return str(self.coverage), f"{self.inside} between {self.nodes} files"


class Guards:
    """The columns, by node.

    `froms` and `intos` have a bit for each set of modules that a rule watches. An import from `u`
    to `v` is nothing to a rule when every set that `u` is in, or is reached from, lets `v` in:
    then it neither breaks the rule, nor reaches what was not reached before. `externals` marks
    those whose packages from outside a rule watches, `tests` the tests; `used` counts who imports
    a node, and is empty where no answer tells of it. A coverage under `least` is told of.
    """

    __slots__ = (
        "_resolver", "cycles", "externals", "froms", "intos", "least", "paths", "roots", "tests",
        "used",
    )  # fmt: skip

    def __init__(  # noqa: PLR0913
        self,
        *,
        paths: str,
        roots: frozenset[str],
        least: float,
        froms: "Column",
        intos: "Column",
        externals: bytes,
        tests: bytes,
        used: "Column",
        cycles: list[Cycles],
    ) -> None:
        """`paths` have a NUL before, between and after them; `roots` are the resolver's."""
        self.paths, self.roots, self.least = paths, roots, least
        self.froms, self.intos, self.externals, self.tests = froms, intos, externals, tests
        self.used, self.cycles = used, cycles
        self._resolver: PythonResolver | None = None

    @property
    def changed(self) -> bool:
        """Whether what was taken changed more than numbers."""
        return bool(self.used) or any(cycles.more for cycles in self.cycles)

    def take(self, path: str, gone: list[str], come: list[str], numbers: Numbers) -> bool:
        """Whether the answer stays as it is but for its numbers, which are changed here.

        `gone` and `come` are the specs of imports that `path` has no more, and those it has now.
        """
        own = self._node(path)
        if own < 0:
            return True  # a file that nobody asked about
        before = numbers.coverage.share < self.least
        for specs, step in ((gone, -1), (come, 1)):
            for spec in specs:
                if not all(self._take(own, t, step, numbers) for t in self._means(path, spec)):
                    return False
        return before == (numbers.coverage.share < self.least)

    def _take(self, own: int, target: str, step: int, numbers: Numbers) -> bool:
        if target[0] == UNRESOLVED:
            return False
        numbers.coverage.imports += step
        numbers.coverage.resolved += step
        if target[0] == EXTERNAL:
            return not self.externals[own]
        other = own if target[0] == NOTHING else self._node(target)
        if other == own:
            return True
        numbers.inside += step
        if self.froms[own] & ~self.intos[other]:
            return False
        if any(cycles.mind(own, other, gone=step < 0) for cycles in self.cycles):
            return False
        if self.used and not self.tests[own]:
            self.used[other] += step
            return self.used[other] > (step > 0)  # the first user, or the last: that is told
        return True

    def _node(self, path: str) -> int:
        at = self.paths.find(f"\0{path}\0")
        return self.paths.count("\0", 0, at) if at >= 0 else -1

    def _means(self, path: str, spec: str) -> tuple[str, ...]:
        if spec[0] != ".":
            top = spec.partition(":")[0].partition(".")[0]
            if not self._is_part(top):
                return (EXTERNAL + top,)
        if self._resolver is None:
            from hexci.domain.boundaries.python.resolve import PythonResolver  # noqa: PLC0415

            paths = [p for p in self.paths.split("\0") if p.endswith((".py", ".pyi"))]
            self._resolver = PythonResolver(paths, self.roots)
        return self._resolver.targets(path, spec) or _RUNS_NOTHING

    def _is_part(self, name: str) -> bool:
        """Whether a folder or a file has that name: then it may be of this tree."""
        found = (f"/{name}/", f"/{name}.", f"\0{name}/", f"\0{name}.")
        return any(text in self.paths for text in found)
