"""The gate as one run uses it: RED once, then a verdict for every tree that is proposed."""

import math
from dataclasses import replace

from hexci.domain.change import Change
from hexci.domain.evidence import EvidenceRun
from hexci.domain.gate.ruling import refused
from hexci.domain.law.limits import NOTHING, Amounts
from hexci.domain.outcome import Outcome
from hexci.domain.verdict import Step, Verdict
from hexci.errors import BudgetError
from hexci.ports.gateway import Gateway
from hexci.usecases.gate_change import check_red, gate_change, refusal_of
from hexci.usecases.hearing import Bench, RedRuns, Terms

# Seconds that an evidence run is given even when the run's own time is nearly used up: less
# would turn "late" into "failed".
_LEAST = 1.0


class RunCourt:
    """Judges trees against one base tree on fixed terms; remembers what it has judged.

    No evidence run is given more time than is left until `deadline` (monotonic seconds). Under
    a `law` a change is charged its files and lines: set aside before it is judged, given back
    unless it is accepted; one that is too large is not judged.
    """

    def __init__(
        self, base_tree: str, *, terms: Terms, bench: Bench, deadline: float = math.inf,
        law: Gateway | None = None,
    ) -> None:  # fmt: skip
        self._law = law
        self._base_tree = base_tree
        self._terms = terms
        self._bench = bench
        self._deadline = deadline
        self._reds = RedRuns(self._terms_now(), rooms=bench.rooms, runner=bench.runner)
        self._verdicts: dict[str, Verdict] = {}

    def red(self) -> tuple[EvidenceRun | None, Verdict | None]:
        """The run on base, and a refusal where base or command already rule the run out."""
        result = check_red(self._base_tree, terms=self._terms, reds=self._reds)
        run = self._reds.known(self._base_tree)
        return run, refusal_of(result, self._base_tree, run) if result.refused else None

    def judge(self, tree: str) -> Verdict:
        """The verdict on `tree`, worked out once."""
        if tree == self._base_tree:
            return Verdict(Outcome.NO_CHANGE, tree, (), "The proposed files equal the base.")
        if tree not in self._verdicts:
            change = self._bench.objects.change(self._base_tree, tree)
            self._verdicts[tree] = self._lawfully(change)
        return self._verdicts[tree]

    def _lawfully(self, change: Change) -> Verdict:
        if self._law is None:
            return self._gated(change)
        size = Amounts(files=len(change.files), lines=change.lines)
        try:
            return self._law.perform(
                "spawn", "", lambda: self._gated(change), worst=size,
                used=lambda verdict: size if verdict.accepted else NOTHING,
            )  # fmt: skip
        except BudgetError as error:
            step = refused(Step.POLICY, Outcome.BUDGET, error.message)
            said = f"{error.message}\nMake a smaller change."
            return Verdict(Outcome.BUDGET, change.tree, (step,), said)

    def _gated(self, change: Change) -> Verdict:
        return gate_change(change, terms=self._terms_now(), bench=self._bench, reds=self._reds)

    def _terms_now(self) -> Terms:
        left = max(_LEAST, self._deadline - self._bench.clock.monotonic())
        timeout = min(self._terms.evidence.timeout, left)
        return replace(self._terms, evidence=replace(self._terms.evidence, timeout=timeout))
