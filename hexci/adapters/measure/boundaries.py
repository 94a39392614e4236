"""Timing `hexci analyze` beside import-linter, tach and dependency-cruiser on the same trees.

Peers live in their own environments below a cache folder; trees come from the registries or are
made here. Commands alternate, so that what else the machine does falls on both.
"""

import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hexci.adapters.measure.big_tree import write_tree
from hexci.domain.measurement import Paired
from hexci.errors import HexciError

_TIMEOUT = 600.0
_DJANGO = "django==5.1.15"
_SCRIPT_PACKAGES = ("rxjs@7.8.2", "effect@3.22.4")
_BIG = 6_700
_LAYERS = {
    "django": ("django", ("contrib", "views", "db", "utils")),
    "big": ("big", ("api", "flows", "models", "tools")),
}
_CRUISE = """\
{"forbidden": [{"name": "no-circular", "severity": "error", "from": {},
 "to": {"circular": true}}], "options": {"tsPreCompilationDeps": true}}
"""


@dataclass(frozen=True, slots=True)
class _Peer:
    name: str
    command: list[str]
    cold: Callable[[], object]  # takes away what the peer keeps


def measure(cache: Path, runs: int, *, modules: int = _BIG) -> list[Paired]:
    """CPU seconds and peak MB of hexci beside each peer, `runs` pairs each."""
    python = _python_peers(cache)
    found = []
    for name, tree in (("django", _django(cache)), ("big", _big(cache, modules))):
        found += _python_pairs(name, tree, python, runs)
    found += _script_pairs(_script_tree(cache), _cruiser(cache), runs)
    return [*found, _hook(cache / "big", runs)]


# -------------------------------------------------------------------------------- what is timed


def _python_pairs(name: str, tree: Path, python: Path, runs: int) -> list[Paired]:
    kept = tree / ".import_linter_cache"
    linter = _Peer("import-linter", [str(python / "lint-imports")], lambda: _remove(kept))
    tach = _Peer("tach", [str(python / "tach"), "check"], lambda: None)
    found = []
    for peer in (linter, tach):
        found += _pairs(f"{name}, cold", tree, peer, runs, ours_before=lambda: _forget(tree),
                        theirs_before=peer.cold)  # fmt: skip
        found += _pairs(f"{name}, unchanged", tree, peer, runs)
        changed = _changer(tree, _LAYERS[name])
        found += _pairs(f"{name}, one file staged", tree, peer, runs, ours_before=changed)
    return found


def _script_pairs(tree: Path, cruiser: Path, runs: int) -> list[Paired]:
    command = [str(cruiser), "--no-cache", "-T", "err", "-c", "cruise.json", "."]
    peer = _Peer("dependency-cruiser", command, lambda: None)
    return _pairs("typescript, cold", tree, peer, runs, ours_before=lambda: _forget(tree))


def _hook(tree: Path, runs: int) -> Paired:
    bare = _Peer("python -c 'import click, yaml'", [sys.executable, "-c", "import click, yaml"],
                 lambda: None)  # fmt: skip
    _run([*_ours(), "--staged"], tree)
    return _pairs("hook, unchanged", tree, bare, runs)[0]


def _pairs(  # noqa: PLR0913
    name: str,
    tree: Path,
    peer: _Peer,
    runs: int,
    *,
    ours_before: Callable[[], object] = lambda: None,
    theirs_before: Callable[[], object] = lambda: None,
) -> list[Paired]:
    ours, theirs = [], []
    for number in range(runs + 1):
        ours_before()
        mine = _run([*_ours(), "--staged"], tree)
        theirs_before()
        other = _run(peer.command, tree)
        if number:  # the first pair warms the machine up
            ours.append(mine)
            theirs.append(other)
    seconds = Paired(
        f"{name}: CPU", peer.name, tuple(o[0] for o in ours), tuple(t[0] for t in theirs)
    )
    peaks = Paired(
        f"{name}: peak memory", peer.name, tuple(o[1] for o in ours), tuple(t[1] for t in theirs),
        unit="MB",
    )  # fmt: skip
    return [seconds, peaks]


def _ours() -> list[str]:
    return [sys.executable, "-m", "hexci", "analyze"]


def _run(argv: Sequence[str], folder: Path) -> tuple[float, float]:
    """(CPU seconds, peak MB) of a process and its children; its verdict does not matter."""
    process = subprocess.Popen(
        argv, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},
    )  # fmt: skip
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1} and "depcruise" not in argv[0]:
        raise HexciError(f"{' '.join(argv)} ended with {process.returncode} in {folder}")
    per_mb = 1024.0 if sys.platform != "darwin" else 1024.0 * 1024
    return used.ru_utime + used.ru_stime, used.ru_maxrss / per_mb


def _forget(tree: Path) -> None:
    _remove(tree / ".git" / "hexci")


def _changer(tree: Path, layers: tuple[str, tuple[str, ...]]) -> Callable[[], object]:
    """Stages a new line in the same file, another each time."""
    package, names = layers
    file = max((tree / package / names[0]).rglob("*.py"))
    count = [0]

    def change() -> None:
        count[0] += 1
        with file.open("a") as sink:
            sink.write(f"# {os.getpid()} {count[0]}\n")
        _git(tree, "add", "--", str(file))

    return change


# ------------------------------------------------------------------------------ what is needed


def _python_peers(cache: Path) -> Path:
    folder = cache / "python-peers"
    binaries = folder / "bin"
    if not (binaries / "tach").exists():
        _do([sys.executable, "-m", "venv", "--system-site-packages", str(folder)], cache)
        pip = [str(binaries / "python"), "-m", "pip", "install", "-q"]
        _do([*pip, "--ignore-installed", "import-linter", "tach"], cache)
    return binaries


def _cruiser(cache: Path) -> Path:
    folder = cache / "node-peers"
    found = folder / "node_modules/.bin/depcruise"
    if not found.exists():
        folder.mkdir(parents=True, exist_ok=True)
        packages = ["dependency-cruiser@17", "typescript@5"]
        _do(["npm", "install", "--silent", "--no-audit", "--no-fund", *packages], folder)
    return found


def _django(cache: Path) -> Path:
    tree = cache / "django"
    if not (tree / ".git").exists():
        _remove(tree)
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:"]
        _do([*pip, _DJANGO, "-d", str(cache)], cache)
        archive = next(cache.glob("[dD]jango-*.tar.gz"))
        with tarfile.open(archive) as packed:
            # Python 3.11.4 and newer; before, what a registry hands out is believed
            packed.extraction_filter = getattr(tarfile, "data_filter", None) or (
                lambda member, _: member
            )
            packed.extractall(cache)  # noqa: S202 - filtered above
        (cache / archive.name.removesuffix(".tar.gz")).rename(tree)
        _configure(tree, "django")
    return tree


def _big(cache: Path, modules: int) -> Path:
    tree = cache / "big"
    if not (tree / ".git").exists():
        _remove(tree)
        write_tree(tree, modules)
        _configure(tree, "big")
    return tree


def _script_tree(cache: Path) -> Path:
    tree = cache / "typescript"
    if (tree / ".git").exists():
        return tree
    _remove(tree)
    tree.mkdir(parents=True)
    for package in _SCRIPT_PACKAGES:
        _do(["npm", "pack", "--silent", package], tree)
        archive = next(tree.glob("*.tgz"))
        with tarfile.open(archive) as packed:
            # Python 3.11.4 and newer; before, what a registry hands out is believed
            packed.extraction_filter = getattr(tarfile, "data_filter", None) or (
                lambda member, _: member
            )
            packed.extractall(tree)  # noqa: S202 - filtered above
        archive.unlink()
        (tree / "package/src").rename(tree / package.partition("@")[0])
        _remove(tree / "package")
    (tree / "cruise.json").write_text(_CRUISE)
    rule = "kind: Boundaries\nspec: {rules: [{type: acyclic}]}\n"
    _commit(tree, rule)
    return tree


def _configure(tree: Path, name: str) -> None:
    """The same layers for every tool."""
    package, layers = _LAYERS[name]
    listed = "".join(f"    {package}.{layer}\n" for layer in layers)
    (tree / ".importlinter").write_text(
        f"[importlinter]\nroot_package = {package}\n\n[importlinter:contract:1]\n"
        f"name = layers\ntype = layers\nlayers =\n{listed}"
    )
    modules = "".join(
        f'[[modules]]\npath = "{package}.{layer}"\nlayer = "{layer}"\n' for layer in layers
    )
    quoted = ", ".join(f'"{layer}"' for layer in layers)
    (tree / "tach.toml").write_text(
        f'source_roots = ["."]\nexclude = ["tests", "docs"]\nlayers = [{quoted}]\n{modules}'
    )
    rule = f"{{type: layers, containers: [{package}], layers: [{', '.join(layers)}]"
    spec = f"  include: [{package}/**]\n  rules:\n    - {rule}, transitive: true}}\n"
    _commit(tree, f"kind: Boundaries\nspec:\n{spec}")


def _commit(tree: Path, config: str) -> None:
    (tree / ".hexci").mkdir(exist_ok=True)
    (tree / ".hexci/boundaries.yaml").write_text(config)
    _git(tree, "init", "-q")
    _git(tree, "add", "-A")
    _git(tree, "-c", "user.name=bench", "-c", "user.email=b@example.org", "commit", "-qm", "Start")


def _git(tree: Path, *arguments: str) -> None:
    _do(["git", "-c", "safe.directory=*", *arguments], tree)


def _do(argv: Sequence[str], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(argv, cwd=folder, capture_output=True, timeout=_TIMEOUT, check=False)
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip()[-500:]
        raise HexciError(f"{' '.join(argv[:4])} … failed: {said}")


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
