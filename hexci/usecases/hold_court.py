"""The gate as one run uses it: RED once, then a verdict for every tree that is proposed."""

from hexci.domain.evidence import EvidenceRun
from hexci.domain.verdict import Verdict
from hexci.usecases.gate_change import Bench, RedRuns, Terms, check_red, gate_change, refusal_of


class RunCourt:
    """Judges trees against one base tree on fixed terms; remembers what it has judged."""

    def __init__(self, base_tree: str, *, terms: Terms, bench: Bench) -> None:
        self._base_tree = base_tree
        self._terms = terms
        self._bench = bench
        self._reds = RedRuns(terms.evidence, rooms=bench.rooms, runner=bench.runner)
        self._verdicts: dict[str, Verdict] = {}

    def red(self) -> tuple[EvidenceRun | None, Verdict | None]:
        """The run on base, and a refusal where base or command already rule the run out."""
        result = check_red(self._base_tree, terms=self._terms, reds=self._reds)
        run = self._reds.known(self._base_tree)
        return run, refusal_of(result, self._base_tree, run) if result.refused else None

    def judge(self, tree: str) -> Verdict:
        """The verdict on `tree`, worked out once."""
        if tree not in self._verdicts:
            change = self._bench.objects.change(self._base_tree, tree)
            self._verdicts[tree] = gate_change(
                change, terms=self._terms, bench=self._bench, reds=self._reds
            )
        return self._verdicts[tree]
