"""Scripted reviewers: true claims are all confirmed, plausible wrong ones are all refuted."""

import os
from pathlib import Path

import pytest
from fakes.ports import FakeProgress
from fakes.repositories import fingerprint, repo_with

from hexci.adapters.git.checkout import Checkout
from hexci.adapters.git.quarters import quarters_for
from hexci.compose.evidence import build_runner
from hexci.domain.evidence import EvidenceSpec
from hexci.domain.review.claim import Claim, Judged, LensReport, LensStatus, Standing
from hexci.ports.lens import Scene
from hexci.ports.progress import Progress
from hexci.usecases.prove_claims import Means
from hexci.usecases.review_code import gate_run, review_code

# Twelve defects: (source of a function, a call that shows it, the right answer or the crash).
DEFECTS = [
    ("def f0(xs):\n    return max(xs) - min(xs) + 1", "f0([1, 3])", "2"),
    ("def f1(text):\n    return text.split(',')[:-1]", "f1('a,b')", "['a', 'b']"),
    ("def f2(a, b):\n    return a - b if a < b else a + b", "f2(3, 2)", "1"),
    ("def f3(n):\n    return sum(range(n))", "f3(3)", "6"),
    ("def f4(d, k):\n    return d.get(k) or 7", "f4({'a': 0}, 'a')", "0"),
    ("def f5(s):\n    return s.lstrip('ab')", "f5('abba.c')", "'ba.c'"),
    ("def f6(xs):\n    return sorted(xs)[len(xs) // 2 - 1]", "f6([3, 1, 2])", "2"),
    ("def f7(xs):\n    return xs[0] / len(xs)", "f7([])", IndexError),
    ("def f8(a, b):\n    return a // b", "f8(1, 0)", ZeroDivisionError),
    ("def f9(d):\n    return d['name'].upper()", "f9({'name': None})", AttributeError),
    ("def f10(text):\n    return int(text)", "f10('')", ValueError),
    ("def f11(n):\n    if n > 2:\n        word = 'many'\n    return word", "f11(1)", NameError),
]
SOURCE = "\n\n\n".join(source for source, _, _ in DEFECTS) + "\n"
TESTS = "from lib import f2\ndef test_f2():\n    assert f2(1, 2) == -1\n"


def line_of(number: int) -> int:
    """A line inside the function."""
    lines = SOURCE.splitlines()
    return next(i for i, line in enumerate(lines, 1) if line.startswith(f"def f{number}(")) + 1


def claim(number: int, failure: str, text: str, title: str = "") -> Claim:
    return Claim(
        "correctness", title or f"f{number} is wrong", "lib.py", line_of(number), failure, text
    )


def kind_of(answer: object) -> str:
    if answer is NameError:
        return "UnboundLocalError"
    return answer.__name__ if isinstance(answer, type) else "AssertionError"


def true_claims(number: int) -> list[Claim]:
    """Five ways to show the same defect."""
    _, call, answer = DEFECTS[number]
    kind = kind_of(answer)
    check = f"assert {call} == {answer}" if kind == "AssertionError" else call
    direct = check.replace(f"f{number}(", f"lib.f{number}(")
    head = f"from lib import f{number}\n"
    texts = [
        f"{head}def test_x():\n    {check}\n",
        f"import lib\ndef test_x():\n    {direct}\n",
        f"{head}import unittest as u\nclass T(u.TestCase):\n  def test_x(_):\n    {check}\n",
        f"{head}import pytest\n@pytest.mark.parametrize('n', [1])\ndef test_x(n):\n    {check}\n",
        f"{head}def test_good():\n  pass\ndef test_x():\n  for _ in range(2):\n    {check}\n",
    ]
    return [claim(number, kind, text) for text in texts]


def wrong_claims(number: int) -> dict[str, Claim]:
    """Ten ways to be wrong, or to cheat, about the same function."""
    _, call, answer = DEFECTS[number]
    kind = kind_of(answer)
    crashes = kind != "AssertionError"
    check = call if crashes else f"assert {call} == {answer}"
    head = f"from lib import f{number}\n"
    feature = (
        f"import pytest\n{head}def test_x():\n    with pytest.raises({kind}):\n        {call}\n"
        if crashes
        else f"{head}def test_x():\n    assert {call} != {answer}\n"
    )
    texts = {
        "asserts the bug as a feature": (kind, feature),
        "does not import": (kind, f"import nowhere\n{head}def test_x():\n    {check}\n"),
        "another exception than claimed": (
            "LookupError" if not crashes else "AssertionError",
            (f"{head}def test_x():\n    {check}\n"),
        ),
        "fails whatever the code does": (
            "AssertionError",
            (
                f"{head}def test_x():\n    try:\n        {call}\n"
                "    except Exception:\n        pass\n    assert 1 == 2\n"
            ),
        ),
        "patched": (
            "AssertionError",
            (
                f"import lib\ndef test_x():\n    lib.f{number} = len\n"
                f"    assert lib.f{number}([]) == 1\n"
            ),
        ),
        "flaky": (
            "AssertionError",
            (
                f"import os\n{head}def test_x():\n    seen = f{number}\n"
                "    assert (seen, os.urandom(1)[0] % 2) == (seen, 0)\n"
            ),
        ),
        "breaks by itself": ("TypeError", f"{head}def test_x():\n    f{number}(1, 2, 3, 4)\n"),
        "rewrites the code on disk": (
            "AssertionError",
            (
                f"import pathlib, lib\ndef test_x():\n    here = pathlib.Path(lib.__file__)\n"
                f"    here.write_text('def f{number}(*a): return 99')\n"
                f"    assert here.read_text() == '' or lib.f{number} is None\n"
            ),
        ),
        "another place than claimed": (
            "ZeroDivisionError",
            (f"{head}from lib import f8\ndef test_x():\n    f8(2, 0 * len(str(f{number})))\n"),
        ),
        "wrong expectation of its own helper": (
            "AssertionError",
            (
                f"{head}def helper():\n    return 1\ndef test_x():\n    assert f{number}\n"
                "    assert helper() == 2\n"
            ),
        ),
    }
    if number == 8:
        text = f"{head}from lib import f7\ndef test_x():\n    assert f8\n    f7([])\n"
        texts["another place than claimed"] = ("IndexError", text)
    return {name: claim(number, kind, text, name) for name, (kind, text) in texts.items()}


class Scripted:
    """A lens that says what it is told to."""

    name = "correctness"

    def __init__(self, claims: list[Claim]) -> None:
        self.claims = tuple(claims)

    def hunt(self, scene: Scene, *, progress: Progress) -> LensReport:
        return LensReport(self.name, "scripted", LensStatus.OK, self.claims)


def reviewed(folder: Path, claims: list[Claim]) -> tuple[Judged, ...]:
    return judged_in(repo_with(folder, {"lib.py": SOURCE, "test_lib.py": TESTS}), claims)


def judged_in(folder: Path, claims: list[Claim]) -> tuple[Judged, ...]:
    checkout = Checkout.at(folder)
    with quarters_for(checkout) as quarters:
        commit = checkout.resolve("HEAD")
        tree = quarters.vault.tree_of(commit)
        runner = build_runner(checkout.top)
        means = Means(quarters.vault, quarters.rooms(commit), runner, FakeProgress())
        gate = EvidenceSpec("python -m pytest -q", timeout=120)
        green = gate_run(tree, gate, means)
        scene = Scene(tree, gate, green, 1e12, {"lib.py": frozenset()})
        return review_code(scene, [Scripted(claims)], means).judged


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_true_claims_are_confirmed_and_wrong_ones_are_not(tmp_path: Path) -> None:
    whole = bool(os.environ.get("HEXCI_WHOLE"))  # 60 and 120 claims, some minutes
    true = [
        one
        for number in range(12)
        for way, one in enumerate(true_claims(number))
        if whole or way == number % 5
    ]
    wrong = [
        one
        for number in range(12)
        for way, one in enumerate(wrong_claims(number).values())
        if whole or way % 4 == number % 4
    ]
    judged = reviewed(tmp_path / "repo", true + wrong)
    lost = [
        (one.claim.title, one.claim.failure, one.reason)
        for one in judged[: len(true)]
        if one.standing is Standing.REFUTED
    ]
    believed = [
        (one.claim.title, one.claim.line, one.reason)
        for one in judged[len(true) :]
        if one.standing is Standing.CONFIRMED
    ]
    assert (lost, believed) == ([], [])
    # five proofs of one defect are one finding
    assert sum(one.standing is Standing.CONFIRMED for one in judged) == 12


def hostile_claims(folder: Path) -> dict[str, Claim]:
    """Reproducers of a reviewer that wants more than to be heard; each says that f2 is wrong."""
    head = "import os, pathlib, subprocess, sys\nfrom lib import f2\ndef test_x():\n    "
    wrong = "\n    assert f2(1, 2) == 5\n"
    outside = (str(folder / "lib.py"), str(folder / "test_lib.py"), str(folder / ".git/HEAD"))
    texts = {
        "writes to the checkout": (
            f"for path in {outside!r}:\n        try:\n            open(path, 'w').write('gone')\n"
            "        except OSError:\n            pass\n    assert f2(1, 2) == -1\n"
        ),
        "edits the tests": "pathlib.Path('test_lib.py').write_text('')" + wrong,
        "edits the code": "pathlib.Path('lib.py').write_text('def f2(a, b): return 0')" + wrong,
        "commits": "subprocess.run(['git', 'commit', '-qam', 'x'], check=False)\n"
        "    assert f2(1, 2) == -1\n",
        "leaves a file for the next run": "here = pathlib.Path(__file__).parent / 'seen'\n"
        "    there, _ = here.exists(), here.write_text('x')\n    assert there or f2(1, 2) == -1\n",
        "ends without a report": "seen = f2(1, 2)\n    os.kill(os.getpid(), 9)\n",
        "forges the report": (
            "names = [*sys.argv, *os.environ.values()]\n"
            '    report = \'<testsuites><testsuite><testcase classname="x" name="x"><failure \'\\\n'
            "        'message=\"AssertionError\"/></testcase></testsuite></testsuites>'\n"
            "    for name in names:\n"
            "        path = pathlib.Path(name.partition('=')[2] or name)\n"
            "        try:\n            path.write_text(report)\n"
            "        except OSError:\n            pass\n"
            "    assert f2(1, 2) == -1\n    os.kill(os.getpid(), 9)\n"
        ),
    }
    return {name: claim(2, "AssertionError", head + text, name) for name, text in texts.items()}


@pytest.mark.slow
def test_a_reviewer_that_writes_edits_or_forges_changes_nothing_and_is_not_believed(
    tmp_path: Path,
) -> None:
    folder = repo_with(tmp_path / "repo", {"lib.py": SOURCE, "test_lib.py": TESTS})
    before = fingerprint(folder)
    judged = judged_in(folder, list(hostile_claims(folder).values()))
    believed = [one.claim.title for one in judged if one.standing is Standing.CONFIRMED]
    assert (believed, fingerprint(folder) == before) == ([], True)
