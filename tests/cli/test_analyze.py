"""`hexci analyze` as its user meets it, on real git."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from fakes.repositories import commit, git, repo_with

ROOT = Path(__file__).parents[2]
HEXAGON = """\
kind: Boundaries
spec:
  rules:
    - type: hexagonal
      domain: shop.domain
      ports: shop.ports
      adapters: shop.adapters.*
"""
ORDER = "src/shop/domain/order.py"
SHOP = {
    "src/shop/__init__.py": "",
    "src/shop/domain/__init__.py": "",
    "src/shop/domain/order.py": "import os\nfrom shop.adapters.db import Session\n",
    "src/shop/ports/__init__.py": "",
    "src/shop/adapters/__init__.py": "",
    "src/shop/adapters/db.py": "",
    "src/shop/adapters/mail.py": "",
    ".hexci/boundaries.yaml": HEXAGON,
}


def hexci(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hexci", *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def rules_and_places(done: subprocess.CompletedProcess[str]) -> list[str]:
    found = json.loads(done.stdout)["findings"]
    return [f"{f['path']}:{f['line']} {f['rule']}" for f in found if f["severity"] == "error"]


def test_a_domain_that_imports_an_adapter_is_told_what_to_do(tmp_path: Path) -> None:
    done = hexci(repo_with(tmp_path / "r", SHOP), "analyze")
    assert (
        "src/shop/domain/order.py:2:1: HX001 domain may not import adapters: "
        'shop.domain.order -> shop.adapters.db (import "shop.adapters.db.Session")\n'
        "    Depend on a port in shop.ports instead, or record it"
    ) in done.stdout
    assert done.returncode == 1


def test_every_format_ends_with_the_same_exit_code(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", SHOP)
    formats = ("text", "json", "sarif", "github", "mermaid", "dot", "html")
    assert {f: hexci(repo, "analyze", "--format", f).returncode for f in formats} == dict.fromkeys(
        formats, 1
    )


def test_equal_input_gives_equal_bytes_with_and_without_a_cache(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", SHOP)
    outputs = {hexci(repo, "analyze", "--format", "json").stdout for _ in range(2)}
    outputs.add(hexci(repo, "analyze", "--no-cache", "--format", "json").stdout)
    assert len(outputs) == 1


def test_the_answer_changes_with_a_file(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", SHOP)
    first = hexci(repo, "analyze")
    assert hexci(repo, "analyze").stdout == first.stdout
    (repo / "src/shop/domain/order.py").write_text("import os\n")
    assert hexci(repo, "analyze").returncode == 0
    assert hexci(repo, "analyze", "--staged").returncode == 1


def test_staged_sees_what_will_be_committed_and_not_the_disk(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", {**SHOP, "src/shop/domain/order.py": ""})
    order = repo / "src/shop/domain/order.py"
    order.write_text("import shop.adapters.db\n")
    assert hexci(repo, "analyze", "--staged").returncode == 0
    git(repo, "add", "-A")
    order.write_text("")
    assert hexci(repo, "analyze", "--staged").returncode == 1
    assert hexci(repo, "analyze").returncode == 0


def test_a_baseline_lets_the_known_pass_and_only_shrinks(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", SHOP)
    assert hexci(repo, "analyze", "--update-baseline").returncode == 2
    assert hexci(repo, "analyze", "--update-baseline", "--reason", "legacy").returncode == 0
    text = (repo / ".hexci/boundaries.baseline").read_text()
    assert "HX001 shop.domain.order -> shop.adapters.db  # legacy\n" in text
    assert hexci(repo, "analyze").returncode == 0
    (repo / "src/shop/domain/order.py").write_text("")
    done = hexci(repo, "analyze", "--format", "json")
    assert rules_and_places(done) == [".hexci/boundaries.baseline:2 HX012"]


def test_diff_tells_what_is_new_since_the_base(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", SHOP)
    git(repo, "tag", "base")
    commit(repo, {"src/shop/adapters/mail.py": "from shop.adapters import db\n"})
    done = hexci(repo, "analyze", "--diff", "base", "--format", "json")
    assert rules_and_places(done) == ["src/shop/adapters/mail.py:1 HX001"]
    assert hexci(repo, "analyze", "--diff", "HEAD").returncode == 0


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("  # hexci: ignore[HX001] moved soon", []),
        ("  # hexci: ignore[HX001] moved soon, until=2999-01-01", []),
        ("  # hexci: ignore[HX001] moved, until=2001-01-01", ["1 HX001", "1 HX011"]),
        ("  # hexci: ignore[HX001]", ["1 HX001", "1 HX011"]),
        ("  # hexci: ignore because", ["1 HX001", "1 HX011"]),
        ("  # hexci: ignore[HX003] moved soon", ["1 HX001", "1 HX010"]),
        ("  # hexci: ignore[WF161] of another checker", ["1 HX001"]),
    ],
)
def test_an_inline_ignore_needs_a_rule_a_reason_and_a_use(
    tmp_path: Path, comment: str, expected: list[str]
) -> None:
    path = "src/shop/domain/order.py"
    text = f"import shop.adapters.db{comment}\n"
    repo = repo_with(tmp_path / "r", {**SHOP, path: text})
    done = hexci(repo, "analyze", "--format", "json")
    assert sorted(rules_and_places(done)) == [f"{path}:{place}" for place in expected]


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("kind: Boundaries\nspec: {ruels: []}\n", ":2:8: spec.ruels: unknown key; did you mean"),
        (
            "kind: Boundaries\nspec:\n  rules:\n    - type: layerz\n",
            ":4:7: spec.rules.0.type: did you mean 'layers'?",
        ),
        (
            "kind: Boundaries\nspec:\n  rules:\n  - {type: forbidden, from: shop.gone, to: shop}\n",
            ":4:23: 'shop.gone' selects no module of this tree",
        ),
        ("kind: Boundaries\nspec: [\n", ".yaml:3:1: "),
    ],
)
def test_a_broken_config_ends_with_2_and_says_where(tmp_path: Path, config: str, said: str) -> None:
    repo = repo_with(tmp_path / "r", {**SHOP, ".hexci/boundaries.yaml": config})
    done = hexci(repo, "analyze")
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr


def test_a_table_in_pyproject_is_read_with_places(tmp_path: Path) -> None:
    files = {k: v for k, v in SHOP.items() if not k.startswith(".hexci")}
    table = '[tool.hexci.boundaries]\n[[tool.hexci.boundaries.rules]]\ntype = "acyclic"\n'
    assert (
        hexci(repo_with(tmp_path / "a", {**files, "pyproject.toml": table}), "analyze").returncode
        == 0
    )
    done = hexci(
        repo_with(tmp_path / "b", {**files, "pyproject.toml": table + "bye = 1\n"}), "analyze"
    )
    assert (done.returncode, "pyproject.toml:4:1: " in done.stderr) == (2, True)


def test_no_config_is_not_green(tmp_path: Path) -> None:
    done = hexci(repo_with(tmp_path / "r", {"a.py": ""}), "analyze")
    assert (done.returncode, "--infer" in done.stderr) == (2, True)


def test_the_proposed_config_passes_on_the_tree_it_came_from(tmp_path: Path) -> None:
    files = {k: v for k, v in SHOP.items() if not k.startswith(".hexci")}
    repo = repo_with(tmp_path / "r", files)
    proposed = hexci(repo, "analyze", "--infer").stdout
    commit(repo, {".hexci/boundaries.yaml": proposed})
    assert hexci(repo, "analyze").returncode == 0
    commit(repo, {"src/shop/adapters/mail.py": "import shop.domain.order\n"})
    assert hexci(repo, "analyze").returncode == 1


def test_the_house_obeys_its_own_boundaries() -> None:
    done = hexci(ROOT, "analyze", "--no-cache", "--format", "json")
    report = json.loads(done.stdout)
    assert (report["findings"], done.returncode) == ([], 0)
    assert report["facts"]["grade"] == "A+"


# what takes longer to load than a hook may take; 3.14 makes its named tuples with `typing`
HEAVY = {
    "click", "yaml", "pydantic", "rich", "tree_sitter", "dataclasses", "inspect", "subprocess",
    "pathlib", "hashlib", "threading", "tempfile", "shutil", "difflib", "secrets",
    "urllib.parse", "gzip",
}  # fmt: skip
HEAVY |= {"typing", "contextlib"} if sys.version_info < (3, 14) else set()
FORMATS = ("json", "sarif", "github")
OTHERS = ("csharp", "ecmascript", "golang", "jvm", "rust")
# what no answer that is told again needs
JUDGING = {"json", "re", "enum", "collections", "functools", "hexci.usecases.analyze_boundaries"}


def modules_loaded(repo: Path, *arguments: str) -> set[str]:
    """What hexci itself loads: what a development environment's .pth files load comes before."""
    told = hexci(repo, *arguments, PYTHONPROFILEIMPORTTIME="1").stderr.splitlines()
    start = next(n for n, line in enumerate(told) if line.endswith(" hexci"))
    return {line.rpartition("|")[2].strip() for line in told[start:]}


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--staged",),
        ("--no-cache", "--output", "out"),
        *(("--staged", "--format", f) for f in FORMATS),
    ],
    ids=" ".join,
)
def test_a_first_run_loads_nothing_heavy_and_no_other_language(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    loaded = modules_loaded(repo_with(tmp_path / "r", SHOP), "analyze", *arguments)
    assert {"hexci.usecases.analyze_boundaries", "hexci.domain.boundaries.python.statements"} <= (
        loaded
    )
    assert loaded & HEAVY == set()
    assert loaded & {f"hexci.domain.boundaries.{other}" for other in OTHERS} == set()


@pytest.mark.parametrize("arguments", [(), ("--staged",), ("--staged", "--format", "json")])
@pytest.mark.parametrize("severity", ["", "  severity: {HX033: note}\n"])
def test_what_did_not_change_is_not_judged_again(
    tmp_path: Path, severity: str, arguments: tuple[str, ...]
) -> None:
    repo = repo_with(tmp_path / "r", {**SHOP, ".hexci/boundaries.yaml": HEXAGON + severity})
    (repo / ORDER).write_text("import shop.adapters.mail\n")
    first = hexci(repo, "analyze", *arguments)
    loaded = modules_loaded(repo, "analyze", *arguments)
    assert "hexci.adapters.sources.heads" in loaded
    assert loaded & (HEAVY | JUDGING) == set()
    assert hexci(repo, "analyze", *arguments).stdout == first.stdout


def test_an_edit_that_changes_no_import_is_answered_from_the_two_texts(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", SHOP)
    before = hexci(repo, "analyze", "--staged")
    with (repo / "src/shop/domain/order.py").open("a") as order:
        order.write("\n\ndef total() -> int:\n    return 1\n")
    git(repo, "add", "-A")
    loaded = modules_loaded(repo, "analyze", "--staged")
    after = hexci(repo, "analyze", "--staged")
    assert (after.returncode, after.stdout) == (1, before.stdout)
    assert "hexci.adapters.sources.retold" in loaded
    # not even a scanner
    assert loaded & (HEAVY | JUDGING | {"hexci.domain.boundaries.languages"}) == set()


def test_imports_that_no_finding_names_may_move_to_other_lines(tmp_path: Path) -> None:
    late = "def f():\n    import shop.domain\n"
    repo = repo_with(tmp_path / "r", {**SHOP, "src/shop/adapters/mail.py": late})
    before = hexci(repo, "analyze", "--staged")
    (repo / "src/shop/adapters/mail.py").write_text(f"x = 1\n{late}")
    git(repo, "add", "-A")
    loaded = modules_loaded(repo, "analyze", "--staged")
    assert hexci(repo, "analyze", "--staged").stdout == before.stdout
    assert "hexci.usecases.analyze_boundaries" not in loaded


def test_an_import_that_no_rule_minds_is_told_without_judging_anew(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", SHOP)
    hexci(repo, "analyze", "--staged")
    with (repo / "src/shop/adapters/mail.py").open("a") as mail:
        mail.write("import json\nfrom shop.domain import order\n")
    git(repo, "add", "-A")
    fresh = hexci(repo, "analyze", "--staged", "--no-cache")
    loaded = modules_loaded(repo, "analyze", "--staged")
    assert hexci(repo, "analyze", "--staged").stdout == fresh.stdout
    assert "hexci.domain.boundaries.guards" in loaded
    assert loaded & (HEAVY | JUDGING) == set()


EDITS: tuple[tuple[str, dict[str, str | None]], ...] = (
    ("a body", {"src/shop/adapters/db.py": "def f(): ...\n"}),
    ("a line above the import", {ORDER: "\n" + SHOP[ORDER]}),
    ("another import", {"src/shop/adapters/mail.py": "import shop.adapters.db\n"}),
    ("an ignore", {ORDER: "# hexci: ignore[HX001] soon gone\n" + SHOP[ORDER].split("\n", 1)[1]}),
    ("an ignore no more", {ORDER: SHOP[ORDER]}),
    ("a syntax error", {"src/shop/ports/__init__.py": "import (\n"}),
    ("a file more", {"src/shop/ports/bus.py": "import shop.domain.order\n"}),
    ("a file less", {"src/shop/ports/bus.py": None, "src/shop/ports/__init__.py": ""}),
    ("the baseline", {".hexci/boundaries.baseline": "HX001 a -> b  # gone\n"}),
    ("the config", {".hexci/boundaries.yaml": HEXAGON + "  severity: {HX001: warning}\n"}),
    ("a condition", {ORDER: "try:\n    import shop.adapters.db\nexcept ImportError:\n    x = 1\n"}),
    ("the condition gone", {ORDER: "try:\n    import shop.adapters.db\nfinally:\n    x = 1\n"}),
    ("one that is parsed", {ORDER: "x = 1; import shop.adapters.db\ny = 1\n"}),
    ("its end", {ORDER: "x = 1; import shop.adapters.db\ny = (\n"}),
    ("an import that no rule minds", {"src/shop/adapters/db.py": "import os\n"}),
    ("and one into the tree", {"src/shop/adapters/db.py": "import os\nimport shop.domain\n"}),
    ("a file with another name", {"src/shop/adapters/db.py": None, "src/shop/bd.py": "import os"}),
    ("a text", {"README.md": "hello\n"}),
    ("the text again", {"README.md": "hello!\n"}),
)


def test_after_each_staged_edit_the_answer_is_that_of_a_run_without_a_cache(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", SHOP)
    hexci(repo, "analyze", "--staged")
    for name, files in EDITS:
        for path, text in files.items():
            if text is None:
                (repo / path).unlink()
            else:
                (repo / path).write_text(text)
        git(repo, "add", "-A")
        fresh = hexci(repo, "analyze", "--staged", "--no-cache")
        kept = [hexci(repo, "analyze", "--staged") for _ in range(2)]
        told = [(done.returncode, done.stdout, done.stderr) for done in kept]
        assert (name, told) == (name, [(fresh.returncode, fresh.stdout, fresh.stderr)] * 2)


def test_dead_exports_are_looked_for_again_when_a_body_changes(tmp_path: Path) -> None:
    asked = HEXAGON + "  severity: {HX033: error}\n"
    more = {
        ORDER: "",
        "src/shop/adapters/mail.py": "from shop.ports.bus import a\n",
        "src/shop/ports/bus.py": "def a(): ...\n",
    }
    repo = repo_with(tmp_path / "r", {**SHOP, **more, ".hexci/boundaries.yaml": asked})
    assert hexci(repo, "analyze", "--staged").returncode == 0
    (repo / "src/shop/ports/bus.py").write_text("def a(): ...\n\n\ndef b(): ...\n")
    git(repo, "add", "-A")
    done = hexci(repo, "analyze", "--staged")
    assert "src/shop/ports/bus.py:4:1: HX033 no file imports b from shop.ports.bus" in done.stdout
    assert done.returncode == 1


def test_an_answer_from_before_an_edit_that_was_taken_back_holds_again(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", SHOP)
    first = hexci(repo, "analyze", "--staged")
    (repo / ORDER).write_text("")
    git(repo, "add", "-A")
    assert hexci(repo, "analyze", "--staged").returncode == 0
    (repo / ORDER).write_text(SHOP[ORDER])
    git(repo, "add", "-A")
    assert hexci(repo, "analyze", "--staged").stdout == first.stdout


def test_an_index_that_somebody_writes_in_place_is_judged_anew(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", SHOP)
    index = repo / ".git/index"
    guilty = index.read_bytes()
    (repo / ORDER).write_text("")
    git(repo, "add", "-A")
    assert hexci(repo, "analyze", "--staged").returncode == 0
    with index.open("r+b") as place:  # git would replace the file
        place.write(guilty)
    assert hexci(repo, "analyze", "--staged").returncode == 1


def test_what_is_kept_never_reaches_into_gits_own_index(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", SHOP)
    hexci(repo, "analyze", "--staged")
    for number in range(3):
        (repo / "README.md").write_text(f"{number}\n")
        git(repo, "add", "-A")
        before = (repo / ".git/index").read_bytes()
        hexci(repo, "analyze", "--staged", "--format", "json")
        hexci(repo, "analyze", "--staged")
        assert (repo / ".git/index").read_bytes() == before


def test_edits_inside_and_outside_of_the_folder_that_is_checked(tmp_path: Path) -> None:
    inside = {f"shop/{path}": text for path, text in SHOP.items()}
    repo = repo_with(tmp_path / "r", {**inside, "a/b.py": "", "z/y.py": ""})
    here = repo / "shop"
    first = hexci(here, "analyze", "--staged")
    for path in ("a/b.py", "z/y.py", "shop/src/shop/adapters/db.py"):
        (repo / path).write_text("import os\n")
        git(repo, "add", "-A")
        fresh = hexci(here, "analyze", "--staged", "--no-cache")
        loaded = modules_loaded(here, "analyze", "--staged")
        assert hexci(here, "analyze", "--staged").stdout == fresh.stdout
        assert (path, loaded & JUDGING) == (path, set())
    assert (first.returncode, fresh.returncode) == (1, 1)
    assert first.stdout != fresh.stdout


def test_where_the_index_cannot_have_a_second_name_it_is_copied(tmp_path: Path) -> None:
    elsewhere = Path("/dev/shm")
    if not elsewhere.is_dir() or elsewhere.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no other file system")
    repo = repo_with(tmp_path / "r", SHOP)
    with tempfile.TemporaryDirectory(dir=elsewhere) as folder:
        (repo / ".git/hexci").symlink_to(folder)
        first = hexci(repo, "analyze", "--staged")
        for number in range(2):
            with (repo / ORDER).open("a") as order:
                order.write(f"x = {number}\n")
            git(repo, "add", "-A")
            loaded = modules_loaded(repo, "analyze", "--staged")
            assert "hexci.adapters.sources.retold" in loaded
            assert loaded & JUDGING == set()
        assert hexci(repo, "analyze", "--staged").stdout == first.stdout
        kept = next(Path(folder).glob("*.index"))
        assert kept.read_bytes() == (repo / ".git/index").read_bytes()


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--staged", "--format", "json"),
        ("--format=sarif", "--no-cache"),
        ("--format", "mermaid", "--staged"),
        ("--commit", "HEAD"),
        ("--diff", "HEAD"),
        ("--diff=HEAD", "--output", "out", "--summary", "sum"),
        ("--output", "to/out", "--format", "html"),
        ("--summary", "no/folder/sum"),
        ("--diff", "nowhere"),
        ("--format", "yaml"),
        ("--diff",),
        ("--diff", "--staged"),
        ("--staged=1",),
        ("--format", "json", "--format", "text"),
    ],
    ids=" ".join,
)
def test_the_short_way_and_the_command_line_say_the_same(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    repo = repo_with(tmp_path / "r", SHOP)
    (repo / ORDER).write_text("import shop.adapters.mail\n")
    told = []
    for start in (("-m", "hexci"), ("-c", "from hexci.cli.main import main; main()")):
        argv = [sys.executable, *start, "analyze", *arguments]
        done = subprocess.run(argv, cwd=repo, capture_output=True, text=True, check=False)
        written = {}
        for path in sorted(set(git(repo, "ls-files", "-o").split())):
            written[path] = (repo / path).read_text()
            (repo / path).unlink()
        error = done.stderr.split("Traceback")[0].rpartition("Error:")[2]
        told.append((done.returncode, done.stdout, error, written))
    assert told[0] == told[1]
