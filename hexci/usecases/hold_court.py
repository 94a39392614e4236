"""The gate as one run uses it: RED once, then a verdict for every tree that is proposed."""

import math
from dataclasses import replace

from hexci.domain.evidence import EvidenceRun
from hexci.domain.outcome import Outcome
from hexci.domain.verdict import Verdict
from hexci.usecases.gate_change import Bench, RedRuns, Terms, check_red, gate_change, refusal_of

# Seconds that an evidence run is given even when the run's own time is nearly used up: less
# would turn "late" into "failed".
_LEAST = 1.0


class RunCourt:
    """Judges trees against one base tree on fixed terms; remembers what it has judged.

    No evidence run is given more time than is left until `deadline` (monotonic seconds).
    """

    def __init__(
        self, base_tree: str, *, terms: Terms, bench: Bench, deadline: float = math.inf
    ) -> None:
        self._base_tree = base_tree
        self._terms = terms
        self._bench = bench
        self._deadline = deadline
        evidence = self._terms_now().evidence
        self._reds = RedRuns(evidence, rooms=bench.rooms, runner=bench.runner)
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
            self._verdicts[tree] = gate_change(
                change, terms=self._terms_now(), bench=self._bench, reds=self._reds
            )
        return self._verdicts[tree]

    def _terms_now(self) -> Terms:
        left = max(_LEAST, self._deadline - self._bench.clock.monotonic())
        timeout = min(self._terms.evidence.timeout, left)
        return replace(self._terms, evidence=replace(self._terms.evidence, timeout=timeout))
