"""Files nobody wrote for us: each gets a note of its own, the rest is still read."""

import time
from pathlib import Path

import pytest
from fakes.repositories import git, repo_with
from fakes.trees import graph_of, judged, said

from hexci.adapters.sources.choosing import sources_for
from hexci.adapters.sources.folder import FolderFiles
from hexci.domain.boundaries.python.scan import scan
from hexci.domain.boundaries.settings import Settings

GOOD = {"a.py": "import b\n", "b.py": "", "good.ts": 'import "./other"\n', "other.ts": ""}
DEEP = 20_000

HOSTILE: dict[str, tuple[str, bytes]] = {
    "10 MB on one line": ("x.py", b"x = '" + b"import a " * 1_200_000 + b"'"),
    "10 MB of JavaScript on one line": ("x.js", b"a(`import`);" * 900_000),
    "binary": ("x.py", b"\x7fELF\0\0import a"),
    "a NUL in the middle": ("x.ts", b'import "./a"\n\0'),
    "not UTF-8": ("x.py", b"import b\nx = '\xff\xfe'\n"),
    "conflict markers": ("x.py", b"<<<<<<< HEAD\nimport b\n=======\nimport a\n>>>>>>> x\n"),
    "an open string": ("x.py", b"import b\nx = '''\nimport a\n" + b"'" * 2 + b"\nimport b\n"),
    "an open comment in Rust": ("x.rs", b"use crate::a;\n/* " + b"/* " * 500),
    "Go that is none": ("x.go", b"import import import (((("),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_told_of_and_the_rest_is_read(case: str) -> None:
    path, content = HOSTILE[case]
    begun = time.process_time()
    graph = graph_of({**GOOD, path: content})
    assert time.process_time() - begun < 30
    assert said(graph, "a.py") == ["1 b.py runtime"]
    assert said(graph, "good.ts") == ["1 other.ts runtime"]
    found = judged(Settings(), graph).findings
    assert (path, "HX020") in {(f.path, f.rule) for f in found}


DEEPLY_NESTED: dict[str, tuple[str, bytes]] = {
    "brackets": ("x.py", b"import b\nx = " + b"[" * DEEP + b"]" * DEEP + b"; import a\n"),
    "braces": ("x.ts", b'import "./good"\n' + b"{" * DEEP + b"}" * DEEP + b"import('./good')\n"),
    "modules": ("x.rs", b"mod m {" * 2_000 + b"use crate::a;" + b"}" * 2_000),
    "uses": ("x.rs", b"use a::{" * 1_000 + b"b" + b"}" * 1_000 + b";"),
    "blocks": (
        "y.py",
        b"".join(b" " * n + b"if x:\n" for n in range(90)) + b" " * 90 + b"import b",
    ),
}


@pytest.mark.parametrize("case", DEEPLY_NESTED)
def test_deep_nesting_does_not_end_the_run(case: str) -> None:
    path, content = DEEPLY_NESTED[case]
    graph = graph_of({**GOOD, path: content})
    assert said(graph, "a.py") == ["1 b.py runtime"]
    assert path in graph.paths


# a megabyte of each takes a second; where each import looks at all before it, it takes minutes
MANY: dict[str, tuple[bytes, bytes, int]] = {
    "words in comments": (b"", b"import b\n# import b\n", 1),
    "words in strings": (b"", b'import b\n"""import b"""\n', 1),
    "words on one line": (b"", b"x: import_ ", 0),
    "indents": (b"", b"if x:\n  import b\n  y = 1\n", 1),
    "functions": (b"", b"class A:\n  def f():\n    import b\n    y\n", 1),
    "functions with tabs": (b"", b"class A:\n\tdef f():\n\t\timport b\n\t\ty\n", 1),
    "one function with tabs": (b"class A:\n\tdef f():\n", b"\t\timport b\n\t\ty = 1\n", 1),
    "one try": (b"try:\n", b"  import b\n  y = 1\n", 1),
    "one else": (b"if x:\n  y = 1\nelse:\n", b"  import b\n  y = 1\n", 1),
    "calls": (b"", b'import_module("b")\n', 1),
}


@pytest.mark.parametrize("case", MANY)
def test_a_megabyte_of_imports_is_read_in_one_pass(case: str) -> None:
    begin, piece, each = MANY[case]
    times = 1_000_000 // len(piece)
    found = scan(begin + piece * times)
    assert found is not None
    assert len(found.imports) == times * each


def test_paths_that_differ_by_case_only_are_told_of() -> None:
    graph = graph_of({"pkg/Mod.py": "", "pkg/mod.py": ""})
    found = judged(Settings(), graph).findings
    assert ("pkg/mod.py", "HX020") in {(f.path, f.rule) for f in found}


def test_symlinks_are_not_followed(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", {"a.py": "import b\n"})
    (repo / "loop").symlink_to(".")
    (repo / "b.py").symlink_to("/etc/passwd")
    git(repo, "add", "-A")
    for tree in ("worktree", "staged"):
        sources = sources_for(str(repo), tree)
        assert list(sources.listing()) == ["a.py"]
    assert list(FolderFiles(str(repo)).listing()) == ["a.py"]
