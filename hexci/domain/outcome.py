"""The closed list of ways a run can end, and the exit code of each."""

from collections.abc import Iterable
from enum import StrEnum
from types import MappingProxyType


class Outcome(StrEnum):
    """How a run, a gate or a check ended. Nothing ends any other way."""

    COMMITTED = "committed"
    PROPOSED = "proposed"
    REVIEWED_CLEAN = "reviewed_clean"
    OK = "ok"
    SUSPENDED = "suspended"
    NO_CHANGE = "no_change"
    ALREADY_GREEN = "already_green"
    VACUOUS = "vacuous"
    EVIDENCE_FAILED = "evidence_failed"
    UNPROVEN = "unproven"
    TAMPERED = "tampered"
    FLAKY = "flaky"
    FLAPPING = "flapping"
    FINDINGS = "findings"
    REVIEW_INCOMPLETE = "review_incomplete"
    BAD_INPUT = "bad_input"
    DENIED = "denied"
    PROTECTED_PATH = "protected_path"
    BUDGET = "budget"
    TIMEOUT = "timeout"
    STALE_HEAD = "stale_head"
    CONFLICT = "conflict"
    MODEL_ERROR = "model_error"
    INFRA_ERROR = "infra_error"

    @property
    def exit_code(self) -> int:
        """The process exit code, 0 to 7."""
        return EXIT_CODES[self]

    @property
    def happened(self) -> bool:
        """Whether what was asked for happened."""
        return self.exit_code == 0


def _exit_codes() -> dict[Outcome, int]:
    by_code = {
        0: (
            Outcome.COMMITTED,
            Outcome.PROPOSED,
            Outcome.REVIEWED_CLEAN,
            Outcome.OK,
            Outcome.SUSPENDED,
        ),
        2: (Outcome.BAD_INPUT,),
        3: (Outcome.DENIED, Outcome.PROTECTED_PATH),
        4: (Outcome.BUDGET,),
        5: (Outcome.TIMEOUT,),
        6: (Outcome.STALE_HEAD, Outcome.CONFLICT),
        7: (Outcome.MODEL_ERROR, Outcome.INFRA_ERROR),
    }
    codes = dict.fromkeys(Outcome, 1)
    codes.update({outcome: code for code, outcomes in by_code.items() for outcome in outcomes})
    return codes


EXIT_CODES = MappingProxyType(_exit_codes())

# How near to an accepted change each end came, best first: a run of several candidates
# ends with the best one reached, so that a person learns how far it got.
_NEARNESS = (
    Outcome.COMMITTED,
    Outcome.PROPOSED,
    Outcome.FLAKY,
    Outcome.UNPROVEN,
    Outcome.TAMPERED,
    Outcome.PROTECTED_PATH,
    Outcome.VACUOUS,
    Outcome.EVIDENCE_FAILED,
    Outcome.FLAPPING,
    Outcome.BUDGET,
    Outcome.TIMEOUT,
    Outcome.NO_CHANGE,
    Outcome.MODEL_ERROR,
    Outcome.DENIED,
)


def best_of(outcomes: Iterable[Outcome]) -> Outcome:
    """The outcome of several candidates: the one that came nearest to an accepted change.

    An empty iterable is `no_change`: nobody proposed anything.
    """
    ranked = {outcome: rank for rank, outcome in enumerate(_NEARNESS)}
    return min(outcomes, key=lambda o: ranked.get(o, len(ranked)), default=Outcome.NO_CHANGE)
