"""Tests that seem to run for ever without the change: a run of them must not use up all time.

An endless loop is a failure like any other, but only a limit shows it, and the evidence's own is
minutes. So the run without a fix ends a test after some seconds of processor time. That is a
presumption: some of these tests are asked again with more patience, and where a change is to be
accepted that turned such a test green slowly, all of them with far more.
"""

from hexci.domain.evidence import EvidenceRun

PATIENCE = 3.0  # seconds of processor time; the runner gives more where other tests take long
LONGER = 3.0  # times that patience, before anything is concluded from it
ASKED_AGAIN = 2  # tests
KIND = "PresumedEndless"  # the type of exception by which the runner ends a test
_QUICK = 0.5  # of the patience: a test that takes less now was not just slow before
_FAR_LONGER = 10.0  # times what a test takes with the change


def presumed_endless(run: EvidenceRun) -> frozenset[str]:
    """Ids of the tests that were ended for lack of patience."""
    tests = run.account.tests if run.account else ()
    return frozenset(t.id for t in tests if t.kind == KIND)


def patience_to_be_sure(red: EvidenceRun, green: EvidenceRun) -> float:
    """Seconds that presumed tests must be given without the change; 0 where all is clear.

    A test that is quick with the change hung without it. One that takes long with it may only
    have been slow.
    """
    ended = presumed_endless(red)
    tests = green.account.tests if green.account else ()
    longest = max((t.seconds for t in tests if t.id in ended), default=0.0)
    return longest * _FAR_LONGER if longest > PATIENCE * _QUICK else 0.0
