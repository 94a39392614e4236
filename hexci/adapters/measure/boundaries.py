"""Timing `hexci analyze` beside import-linter, tach, ruff, dependency-cruiser and madge.

Commands alternate, so that what else the machine does falls on both; the first pair warms up and
is not counted. A peer or tree that cannot be had here is named with the reason.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from hexci.adapters.measure.peers import Peer, node_peers, python_peers
from hexci.adapters.measure.trees import Tree, big, django, typescript
from hexci.adapters.measure.usage import run
from hexci.domain.measurement import Paired
from hexci.errors import HexciError

BIG = 6_700  # modules
TREES = ("django", "big", "typescript")
# as its users and the hook start it, which is how the peers are started
_SCRIPT = Path(sys.executable).with_name("hexci")
_HEXCI = (str(_SCRIPT),) if _SCRIPT.exists() else (sys.executable, "-m", "hexci")
_OURS = (*_HEXCI, "analyze", "--staged")
_SLOW_RUNS = 3
_BODY, _IMPORT = "# line %d\n", "import os as os_%d\n"
_BARE = Peer(
    "python -c 'import click, yaml'", (sys.executable, "-c", "import click, yaml"), frozenset((0,))
)


@dataclass(slots=True)
class Bench:
    """Collects pairs, and what could not be measured."""

    runs: int  # of each pair; at most `_SLOW_RUNS` where a peer takes ten seconds
    tell: Callable[[str], object]
    pairs: list[Paired] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def compare(
        self,
        tree: Tree,
        what: str,
        peer: Peer,
        *,
        ours_first: Callable[[], object] = lambda: None,
        theirs_first: Callable[[], object] = lambda: None,
    ) -> None:
        """`runs` pairs of hexci and a peer on a tree, each after what comes first."""
        name = f"{tree.name}: {what}"
        self.tell(f"{name}, beside {peer.name}")
        ours, theirs = [], []
        try:
            for _ in range(self.runs + 1):
                ours_first()
                ours.append(_run(_OURS, tree.folder, frozenset((0, 1))))
                theirs_first()
                theirs.append(_run(peer.argv, tree.folder, peer.fine))
        except HexciError as error:
            self.missing.append(f"{name}, beside {peer.name}: {error.message}")
            return
        for unit, number in (("CPU s", 0), ("wall s", 1), ("MB", 2)):
            mine, other = ([used[number] for used in side[1:]] for side in (ours, theirs))
            self.pairs.append(Paired(name, peer.name, tuple(mine), tuple(other), unit=unit))


def measure(
    cache: Path, runs: int, *, modules: int, trees: tuple[str, ...], tell: Callable[[str], object]
) -> tuple[list[Paired], list[str]]:
    """The pairs, and what could not be measured and why."""
    bench = Bench(runs, tell)
    tell("getting trees and peers")
    getters = {"django": django, "big": lambda folder: big(folder, modules)}
    for name, get in getters.items():
        if name in trees:
            _missing(bench, name, lambda get=get: _python(bench, get(cache), python_peers(cache)))  # type: ignore[misc]
    if "typescript" in trees:
        _missing(bench, "typescript", lambda: _scripts(bench, cache))
    return bench.pairs, bench.missing


def _missing(bench: Bench, name: str, measured: Callable[[], object]) -> None:
    try:
        measured()
    except HexciError as error:
        bench.missing.append(f"{name}: {error.message}")


def _python(bench: Bench, tree: Tree, peers: dict[str, Peer]) -> None:
    linter = peers["import-linter"]
    # it has no config for what to look at: told the package, it does the same work
    peers["ruff"] = replace(peers["ruff"], argv=(*peers["ruff"].argv, tree.package))
    for peer in peers.values():
        bench.compare(
            tree, "cold", peer,
            ours_first=tree.forget, theirs_first=lambda peer=peer: peer.forget(tree.folder),  # type: ignore[misc]
        )  # fmt: skip
    bench.compare(tree, "unchanged", linter)
    try:
        bench.compare(tree, "one file staged, no import changed", linter,
                      ours_first=tree.stager(_BODY))  # fmt: skip
        bench.compare(tree, "one file staged, an import more", linter,
                      ours_first=tree.stager(_IMPORT))  # fmt: skip
    finally:
        tree.restore()
    bench.compare(tree, "hook, unchanged", _BARE)


def _scripts(bench: Bench, cache: Path) -> None:
    peers = node_peers(cache)
    tree = typescript(cache)
    bench.runs = min(bench.runs, _SLOW_RUNS)
    for peer in peers.values():
        bench.compare(tree, "cold", peer, ours_first=tree.forget)


def _run(argv: tuple[str, ...], folder: Path, fine: frozenset[int]) -> tuple[float, float, float]:
    used = run(argv, folder)
    if used.code not in fine:
        raise HexciError(f"{Path(argv[0]).name} ended with {used.code}")
    return used.cpu, used.wall, used.peak
