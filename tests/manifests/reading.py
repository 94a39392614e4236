"""Manifests from texts, for tests."""

from collections.abc import Mapping

from hexci.adapters.manifests.library import Library, load
from hexci.domain.manifests.program import Program
from hexci.usecases.check_manifests import check_manifests
from hexci.usecases.compile_pipeline import compile_pipeline

Given = Mapping[str, str | bytes] | str | bytes

HEAD = "kind: Pipeline\nmetadata: {name: p}\nspec:\n  caps: [spawn]\n"


def library_of(files: Given, *roots: str) -> Library:
    given = {"m.yaml": files} if isinstance(files, str | bytes) else files
    texts = {k: v.encode() if isinstance(v, str) else v for k, v in given.items()}
    wanted = {name: texts[name] for name in (roots or tuple(texts)[:1])}
    return load(wanted, texts.get, {})


def said_of(files: Given, *roots: str, lint: bool = False) -> list[str]:
    """`line:col RULE message` of every finding."""
    library = library_of(files, *roots)
    found = library.all_findings(check_manifests(library.shelf, lint=lint))
    return [f"{f.path}:{f.line}:{f.col} {f.rule} {f.message}" for f in sorted(
        found, key=lambda f: f.sort_key)]  # fmt: skip


def program_of(text: str) -> Program:
    """The first pipeline in `text`, which must be without fault."""
    library = library_of(text)
    assert [f.message for f in library.all_findings()] == []
    (pipeline, *_) = library.shelf.pipelines("m.yaml")
    program, faults = compile_pipeline(pipeline, library.shelf.scope("m.yaml"))
    assert [fault.message for fault in faults] == []
    assert program is not None
    return program
