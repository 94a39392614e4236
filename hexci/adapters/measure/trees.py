"""The trees that are measured on: Django, a large generated one, and TypeScript packages."""

import sys
import tarfile
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from hexci.adapters.measure.big_tree import write_tree
from hexci.adapters.measure.peers import do, remove
from hexci.errors import HexciError

_DJANGO = "django==5.1.15"
_SCRIPT_PACKAGES = ("rxjs@7.8.2", "effect@3.22.4")
_CRUISE = """\
{"forbidden": [{"name": "no-circular", "severity": "error", "from": {},
 "to": {"circular": true}}], "options": {"tsPreCompilationDeps": true}}
"""
_IDENTITY = ("-c", "user.name=bench", "-c", "user.email=b@example.org")


@dataclass(frozen=True, slots=True)
class Tree:
    """A repository with the same rules for every tool.

    `edited` is the file that edits change, `package` the folder of the Python code.
    """

    name: str
    folder: Path
    edited: str = ""
    package: str = ""
    _numbers: "count[int]" = field(default_factory=count)

    def forget(self) -> None:
        """Takes away what hexci keeps."""
        remove(self.folder / ".git/hexci")

    def stager(self, line: str) -> Callable[[], None]:
        """Stages one more line in `edited`; `%d` in it is another number each time."""

        def stage() -> None:
            with (self.folder / self.edited).open("a") as sink:
                sink.write(line % next(self._numbers))
            _git(self.folder, "add", "--", self.edited)

        return stage

    def restore(self) -> None:
        """Takes the staged lines back."""
        _git(self.folder, "reset", "-q", "--hard", "HEAD")


def django(cache: Path) -> Tree:
    """Django's source distribution. Raises HexciError when PyPI cannot be reached."""
    folder = cache / "django"
    if not (folder / ".git").exists():
        remove(folder)
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:"]
        do([*pip, _DJANGO, "-d", str(cache)], cache)
        archive = next(cache.glob("[dD]jango-*.tar.gz"))
        _unpack(archive, cache)
        (cache / archive.name.removesuffix(".tar.gz")).rename(folder)
    _configure(folder, "django", ("contrib", "views", "db", "utils"))
    return Tree("Django, 880 modules", folder, "django/utils/html.py", "django")


def big(cache: Path, modules: int) -> Tree:
    """A generated package of so many modules."""
    folder = cache / f"big-{modules}"
    if not (folder / ".git").exists():
        remove(folder)
        write_tree(folder, modules)
    _configure(folder, "big", ("api", "flows", "models", "tools"))
    edited = min((folder / "big/api").glob("*/mod*.py")).relative_to(folder).as_posix()
    return Tree(f"generated, {modules} modules", folder, edited, "big")


def typescript(cache: Path) -> Tree:
    """The sources in some npm packages. Raises HexciError when npm cannot be reached."""
    folder = cache / "typescript"
    if not (folder / ".git").exists():
        remove(folder)
        folder.mkdir(parents=True)
        for package in _SCRIPT_PACKAGES:
            do(["npm", "pack", "--silent", package], folder)
            archive = next(folder.glob("*.tgz"))
            _unpack(archive, folder)
            archive.unlink()
            (folder / "package/src").rename(folder / package.partition("@")[0])
            remove(folder / "package")
        (folder / "cruise.json").write_text(_CRUISE)
        _commit(folder, "kind: Boundaries\nspec: {rules: [{type: acyclic}]}\n")
    files = sum(1 for _ in folder.rglob("*.ts*"))
    return Tree(f"TypeScript, {files} files", folder)


def _unpack(archive: Path, folder: Path) -> None:
    try:
        with tarfile.open(archive) as packed:
            # Python 3.11.4 and newer; before, what a registry hands out is believed
            packed.extraction_filter = getattr(tarfile, "data_filter", None) or (lambda m, _: m)
            packed.extractall(folder)  # noqa: S202 - filtered above
    except (OSError, tarfile.TarError) as error:
        raise HexciError(f"{archive.name} cannot be unpacked: {error}") from error


def _configure(folder: Path, package: str, layers: tuple[str, ...]) -> None:
    """The same layers of the same Python files for every tool."""
    listed = "".join(f"    {package}.{layer}\n" for layer in layers)
    (folder / ".importlinter").write_text(
        f"[importlinter]\nroot_package = {package}\n\n[importlinter:contract:1]\n"
        f"name = layers\ntype = layers\nlayers =\n{listed}"
    )
    modules = "".join(
        f'[[modules]]\npath = "{package}.{layer}"\nlayer = "{layer}"\n' for layer in layers
    )
    quoted = ", ".join(f'"{layer}"' for layer in layers)
    (folder / "tach.toml").write_text(
        f'source_roots = ["."]\nexclude = ["tests", "docs"]\nlayers = [{quoted}]\n{modules}'
    )
    (folder / ".gitignore").write_text(".import_linter_cache\n")
    rule = f"{{type: layers, containers: [{package}], layers: [{', '.join(layers)}]"
    spec = f'  include: ["{package}/**/*.py"]\n  rules:\n    - {rule}, transitive: true}}\n'
    _commit(folder, f"kind: Boundaries\nspec:\n{spec}")


def _commit(folder: Path, config: str) -> None:
    (folder / ".hexci").mkdir(exist_ok=True)
    (folder / ".hexci/boundaries.yaml").write_text(config)
    _git(folder, "init", "-q")
    _git(folder, "add", "-A")
    _git(folder, *_IDENTITY, "commit", "-qm", "Start", "--allow-empty")


def _git(folder: Path, *arguments: str) -> None:
    do(["git", "-c", "safe.directory=*", *arguments], folder)
