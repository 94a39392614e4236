import pytest

from hexci.domain.change import Change, ChangeKind, FileChange
from hexci.domain.gate.locks import lock_fault
from hexci.domain.gate.manifests import manifest_fault
from hexci.domain.gate.policy import PatchLimits, judge_policy
from hexci.domain.gate.protected import sort_change
from hexci.domain.gate.shadows import shadow_fault
from hexci.domain.gate.surface import Conventions, Role, role_of
from hexci.domain.outcome import Outcome
from hexci.domain.plan import Mode, PathRules


def added(path: str, content: bytes = b"x\n", mode: str = "100644") -> FileChange:
    return FileChange(path, ChangeKind.ADDED, "", mode, None, content)


def edited(path: str, before: bytes, after: bytes) -> FileChange:
    return FileChange(path, ChangeKind.MODIFIED, "100644", "100644", before, after)


def change_of(*files: FileChange) -> Change:
    return Change("b" * 40, "c" * 40, files)


@pytest.mark.parametrize(
    "path",
    [".git/config", "a/.GIT/hooks/x", "GIT~1/config", ".g\u200cit/config", ".git./config",
     ".git /x", ".git::$INDEX_ALLOCATION/x", ".gitmodules", "sub/.GitModules", "a/../b", "a\\b",
     "a\nb", "a\udcff"],
)  # fmt: skip
def test_names_that_mean_something_to_git_or_a_file_system_are_denied(path: str) -> None:
    """T7: the table of paths."""
    assert judge_policy(change_of(added(path)), PathRules()).outcome is Outcome.DENIED


@pytest.mark.parametrize("path", [".gitignore", "git.py", "a/git/b.py", "naïve.txt", "x.git/y"])
def test_plain_names_pass(path: str) -> None:
    assert judge_policy(change_of(added(path)), PathRules()).outcome is None


@pytest.mark.parametrize("mode", ["120000", "160000", "100755"])
def test_entries_that_are_no_plain_file_are_denied(mode: str) -> None:
    """T7: links, gitlinks, modes."""
    assert judge_policy(change_of(added("a", mode=mode)), PathRules()).outcome is Outcome.DENIED


def test_binary_content_is_denied_unless_it_is_named() -> None:
    change = change_of(added("logo.png", b"\x89\0"))
    assert judge_policy(change, PathRules()).outcome is Outcome.DENIED
    assert judge_policy(change, PathRules((("*.png",),))).outcome is None


def test_a_path_outside_the_allow_list_is_denied() -> None:
    rules = PathRules((("src/**",),))
    assert judge_policy(change_of(added("src/a.py")), rules).outcome is None
    assert judge_policy(change_of(added("a.py")), rules).outcome is Outcome.DENIED


def test_sizes_are_limited() -> None:
    """T7: sizes and counts."""
    limits = PatchLimits(file_bytes=4, patch_bytes=6, files=2)
    assert judge_policy(change_of(added("a", b"12345")), PathRules(), (), limits).refused
    two = change_of(added("a", b"1234"), added("b", b"1234"))
    assert judge_policy(two, PathRules(), (), limits).refused
    assert not judge_policy(change_of(added("a", b"1234")), PathRules(), (), limits).refused


def test_a_name_that_differs_by_case_only_is_denied() -> None:
    assert judge_policy(change_of(added("Readme")), PathRules(), ["README"]).refused


def test_nothing_changed_is_no_change() -> None:
    assert judge_policy(change_of(), PathRules()).outcome is Outcome.NO_CHANGE


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("src/app.py", Role.PRODUCTION), ("tests/test_a.py", Role.TEST),
        ("pkg/a_test.go", Role.TEST), ("src/a.test.ts", Role.TEST), ("conftest.py", Role.HARNESS),
        ("a/CONFTEST.PY", Role.HARNESS), ("tests/data/x.json", Role.FIXTURE),
        ("pkg/testdata/in.txt", Role.FIXTURE), ("Makefile", Role.HARNESS),
        (".github/workflows/ci.yml", Role.HARNESS), ("pyproject.toml", Role.MANIFEST),
        ("poetry.lock", Role.LOCK), ("a/__pycache__/b.pyc", Role.BYPRODUCT),
        ("evil.dist-info/entry_points.txt", Role.HARNESS), ("node_modules/x/i.js", Role.HARNESS),
        ("src/latest.py", Role.PRODUCTION), ("src/contest.py", Role.PRODUCTION),
        (".hexci/config.yaml", Role.HARNESS), ("docs/x.md", Role.PRODUCTION),
    ],
)  # fmt: skip
def test_what_a_path_is_to_the_evidence(path: str, role: Role) -> None:
    """T8: workflows, manifests, locks, tests and their config are protected."""
    assert role_of(path, Conventions()) is role


@pytest.mark.parametrize(
    ("path", "before", "after", "free"),
    [
        ("pyproject.toml", "[project]\nname='a'\n", "[project]\nname='a'\ndependencies=['b']\n", 1),
        (
            "pyproject.toml",
            "[project]\n",
            "[project]\n[tool.pytest.ini_options]\naddopts='--co'",
            0,
        ),
        ("pyproject.toml", "[project]\n", "[project.entry-points.pytest11]\nx='y'\n", 0),
        ("pyproject.toml", "[project]\n", "not toml", 0),
        ("package.json", '{"scripts":{"test":"x"}}', '{"scripts":{"test":"true"}}', 0),
        ("package.json", "{}", '{"dependencies":{"a":"^1"}}', 1),
        ("package.json", "{}", '{"devDependencies":{"jest":"file:./fake"}}', 0),
        ("package.json", "{}", '{"imports":{"#a":"./b"}}', 0),
        ("Cargo.toml", "[package]\nname='a'\n", "[package]\nname='a'\n[dependencies]\nb='1'\n", 1),
        ("Cargo.toml", "[package]\nname='a'\n", "[package]\nname='a'\n[lib]\ntest=false\n", 0),
        ("Cargo.toml", "[dependencies]\nb='1'\n", "[dependencies.b]\npath='x'\n", 0),
        ("setup.cfg", "[metadata]\nname=a\n", "[metadata]\nname=a\n[tool:pytest]\naddopts=-x\n", 0),
        ("setup.cfg", "[metadata]\nname=a\n", "[metadata]\nname=a\nversion=2\n", 1),
        ("tox.ini", "[testenv]\ncommands=a\n", "[testenv]\ncommands=b\n", 0),
        ("go.mod", "module a\n", "module a\nrequire b v1\n", 1),
        ("go.mod", "module a\n", "module a\nreplace b => ./c\n", 0),
        ("setup.py", "setup(name='a')\n", "setup(name='a', install_requires=['b'])\n", 1),
        ("setup.py", "setup(name='a')\n", "import os\nsetup(name='a')\n", 0),
    ],
)
def test_manifests_are_judged_by_section(path: str, before: str, after: str, free: int) -> None:
    assert (manifest_fault(path, before.encode(), after.encode()) == "") == bool(free)


def test_a_lock_may_follow_its_manifest_but_not_move_a_pin() -> None:
    old = b"[[package]]\nname='a'\nversion='1'\n"
    more = old + b"[[package]]\nname='b'\nversion='1'\n"
    touched = {"Cargo.toml", "Cargo.lock"}
    assert lock_fault("Cargo.lock", old, more, touched) == ""
    assert lock_fault("Cargo.lock", old, more, {"Cargo.lock"}) != ""
    assert lock_fault("Cargo.lock", old, old.replace(b"'1'", b"'2'"), touched) != ""


@pytest.mark.parametrize(
    ("path", "hides"),
    [("random.py", 1), ("src/json/__init__.py", 1), ("pytest.py", 1), ("pytest_evil.py", 1),
     ("pkg/random.py", 0), ("mine.py", 0), ("tests/unittest.py", 1), ("tests/calc.py", 1)],
)  # fmt: skip
def test_new_files_may_not_hide_modules(path: str, hides: int) -> None:
    before = ["calc.py", "pkg/__init__.py", "tests/test_a.py"]
    after = [*before, path]
    assert bool(shadow_fault(path, before, after)) == bool(hides)


def test_an_added_test_is_let_in_and_an_edited_one_is_put_back() -> None:
    test = b"def test_a():\n    assert f(1) == 2\n"
    change = change_of(
        edited("tests/test_a.py", test, test.replace(b"2", b"3")),
        added("tests/test_b.py", b"def test_b():\n    assert f(2) == 4\n"),
        added("src/f.py"),
    )
    sorting = sort_change(change, Mode.FIX, Conventions())
    assert sorting.restored == ("tests/test_a.py",)
    assert sorting.tests == ("tests/test_b.py",)
    assert sorting.production == ("src/f.py",)


def test_git_may_not_be_told_to_ignore_a_test() -> None:
    change = change_of(edited(".gitignore", b"*.log\n", b"*.log\n/tests/\n"))
    assert sort_change(change, Mode.FIX, Conventions(), ["tests/test_a.py"]).faults
    harmless = change_of(edited(".gitignore", b"*.log\n", b"*.log\nbuild/\n"))
    assert not sort_change(harmless, Mode.FIX, Conventions(), ["tests/test_a.py"]).faults
