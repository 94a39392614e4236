"""Rivals of a language without a fork server are compared under tests with other values."""

import re
from collections.abc import Sequence

from fakes.ports import FakeObjects, FakeRoom, FakeRooms, tree_word

from hexci.domain.evidence import Account, EvidenceRun, EvidenceSpec, TestResult, TestStatus
from hexci.domain.repair.agreement import agreement_of
from hexci.domain.repair.patch import Patch
from hexci.ports.rooms import Room
from hexci.usecases.repair_by_evidence import EvidenceExecutor

FILES = {"sum.js": b"a - b", "sum.test.js": b"f(2, 2) = 4"}


class ToyRunner:
    """Runs `f(a, b) = c` of the test file on the expression that is the program."""

    def can_select(self, evidence: EvidenceSpec) -> bool:
        return False

    def run(
        self,
        evidence: EvidenceSpec,
        room: Room,
        *,
        only: Sequence[str] = (),
        shuffle: int | None = None,
    ) -> EvidenceRun:
        test = (room.read("sum.test.js") or b"").decode()
        a, b, wanted = map(int, re.findall(r"\d+", test) or [0, 0, 1])
        found = eval((room.read("sum.js") or b"").decode(), {"a": a, "b": b})
        status = TestStatus.PASSED if found == wanted else TestStatus.FAILED
        account = Account("toy", (TestResult("sum", status, f"{found} is not {wanted} (3 ms)"),))
        return EvidenceRun(0 if found == wanted else 1, "sum.test.js", 0.1, "none", account)


def patch_to(text: bytes) -> Patch:
    """The patch that makes `text` of the program."""
    return Patch((("sum.js", ()),), {"sum.js": text}, None, "by hand", "", 1, 1.0, False, "")


def differing(*texts: bytes, files: dict[str, bytes] = FILES) -> int | None:
    """On how many changed tests patches to `texts` differ; None when nothing could be said."""
    tree = tree_word(files)
    executor = EvidenceExecutor(FakeRooms(files), ToyRunner(), tree, 2, FakeObjects())
    room = FakeRoom(dict(files))
    red = ToyRunner().run(EvidenceSpec("toy"), room)
    with executor.open(EvidenceSpec("toy"), room, red, seconds=10) as bench:
        assert bench is not None
        seen = bench.compare([patch_to(text) for text in texts], seed=1)
    assert room.files == files
    return agreement_of([b.answers for b in seen]).differing if seen else None


def test_edits_that_do_the_same_agree() -> None:
    assert differing(b"a + b", b"b + a") == 0


def test_edits_that_only_fit_the_test_differ() -> None:
    assert differing(b"a + b", b"a * b") == 1
    assert differing(b"a + b", b"b + a", b"4") == 1


def test_without_tests_nothing_can_be_said() -> None:
    assert differing(b"a + b", b"b + a", files={"sum.js": b"a - b"} | {"other": b""}) is None
