"""Wires what reads and judges manifests: validate, lint, schema."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hexci.adapters.git.quarters import Quarters
    from hexci.adapters.manifests.library import Library, Reader
    from hexci.domain.finding import Finding
    from hexci.domain.outcome import Outcome

# Where manifests are looked for when none is named.
FOLDERS = (".hexci", "manifests")


def check(
    paths: Sequence[str], format_name: str, *, lint: bool,
    also: "Callable[[Library], Iterable[Finding]] | None" = None,
) -> "tuple[Outcome, str]":  # fmt: skip
    """Judges the manifests in `paths` (default: all of the repository); offline.

    `also` judges what was read in another way, once it is without fault.

    Raises BadInputError for a path that is no file, or where there is nothing to judge.
    """
    from hexci.adapters.sinks.report import render
    from hexci.domain.finding import Report
    from hexci.usecases.check_manifests import check_manifests

    library = read_from_work_tree(paths)
    faults = check_manifests(library.shelf, lint=lint)
    findings = _not_ignored(library.all_findings(faults), library)
    if also is not None and not findings:
        findings += also(library)
    files = ("files", str(len(library.texts)))
    report = Report.of("lint" if lint else "validate", findings, [files])
    return report.outcome, render(report, format_name)


def read_from_work_tree(paths: Sequence[str]) -> "Library":
    """The manifests in files of the work tree, includes from there too."""
    from hexci.adapters.machine.jail import JailedFiles
    from hexci.errors import BadInputError

    root = root_of(Path.cwd())
    jail = JailedFiles(root)
    roots: dict[str, bytes] = {}
    for path in paths or jail.below(FOLDERS):
        name = _below(root, path) if paths else path
        text = jail.read(name)
        if text is None:
            raise BadInputError(f"{path} is no regular file of this folder", "Name a manifest.")
        # a folder `manifests` is often one of Kubernetes
        if paths or b"\napiVersion:" not in b"\n" + text:
            roots[name] = text
    if not roots:
        folders = " or ".join(FOLDERS)
        raise BadInputError(f"there is no manifest in {folders}", "Name one: hexci validate FILE")
    return loaded(roots, jail.read)


def loaded(roots: dict[str, bytes], read: "Reader") -> "Library":
    """The manifests in `roots` and what they include, by `read`."""
    from hexci.adapters.manifests.library import load

    return load(roots, read, {"Boundaries": _boundaries, "Config": _config})


def committed(quarters: "Quarters", commit: str, manifest: str) -> "Library":
    """The manifest as it stands in `commit`, with what it includes there.

    Raises BadInputError where the commit has no such file.
    """
    from hexci.errors import BadInputError

    vault = quarters.vault
    tree = vault.tree_of(commit)
    text = vault.read(tree, manifest)
    if text is None:
        raise BadInputError(
            f"{manifest} is no file of commit {commit[:12]}",
            "A manifest grants capabilities, so it is read from a commit: commit it first.",
        )
    return loaded({manifest: text}, lambda path: vault.read(tree, path))


def schema(kind: str | None) -> str:
    """One kind's JSON Schema, or that of any kind. Raises BadInputError for an unknown kind."""
    from hexci.adapters.manifests.schemas import UNION, schema_files
    from hexci.errors import BadInputError

    files = schema_files()
    name = f"{kind}.json" if kind else UNION
    if name not in files:
        known = ", ".join(sorted(file.removesuffix(".json") for file in files if file != UNION))
        raise BadInputError(f"there is no kind {kind!r}", f"The kinds: {known}")
    return files[name]


def write_schemas(folder: str, *, only_check: bool) -> tuple[str, ...]:
    """Writes all schemas to `folder`; the names of those that differed."""
    from hexci.adapters.manifests.schemas import schema_files

    place = Path(folder)
    differing = []
    for name, text in schema_files().items():
        file = place / name
        if file.is_file() and file.read_text() == text:
            continue
        differing.append(name)
        if not only_check:
            place.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
    return tuple(differing)


def _boundaries(text: bytes, name: str) -> object:
    from hexci.adapters.manifests.boundaries import parse_boundaries

    return parse_boundaries(text, name)


def _config(text: bytes, name: str) -> object:
    from hexci.adapters.manifests.ledger_config import parse_ledger

    return parse_ledger(text, name)


def _not_ignored(findings: "Sequence[Finding]", library: "Library") -> "list[Finding]":
    """Without what an ignore comment on its line or the one above says is meant.

    Only what lint adds can be ignored, and only with a reason.
    """
    import re

    from hexci.domain.finding import Severity

    form = re.compile(rb"#\s*hexci:\s*ignore\[(MAN\d+)\]\s+because\s+\S+")
    lines = {name: text.splitlines() for name, text in library.texts.items()}

    def ignored(finding: "Finding") -> bool:
        near = lines.get(finding.path, [])[max(0, finding.line - 2) : finding.line]
        said = {found[1].decode() for line in near for found in form.finditer(line)}
        return finding.severity is not Severity.ERROR and finding.rule in said

    return [finding for finding in findings if not ignored(finding)]


def work_tree_name(path: str) -> str:
    """A path as the repository spells it. Raises BadInputError for one outside."""
    return _below(root_of(Path.cwd()), path)


def root_of(here: Path) -> Path:
    """The folder that has `.git`, from `here` up; `here` where there is none."""
    return next((place for place in (here, *here.parents) if (place / ".git").exists()), here)


def _below(root: Path, path: str) -> str:
    import os

    from hexci.errors import BadInputError

    # links are not followed: what counts is where the name stands
    place = Path(os.path.normpath(Path.cwd() / path))
    if not place.is_relative_to(root):
        raise BadInputError(f"{path} is not below {root}", "Name a manifest of this repository.")
    return place.relative_to(root).as_posix()
