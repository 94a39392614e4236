"""The smallest part of an accepted change that the gate still accepts."""

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from hexci.domain.change import Change
from hexci.domain.evidence import EvidenceRun, EvidenceSpec
from hexci.domain.gate.account import fail_to_pass, judge_green
from hexci.domain.gate.ddmin import minimise
from hexci.domain.gate.hunks import Hunk, hunks_of, lines_of, selected
from hexci.domain.gate.minimised import Minimised
from hexci.domain.plan import Mode
from hexci.domain.verdict import Verdict
from hexci.errors import BadInputError
from hexci.usecases.gate_change import gate_change
from hexci.usecases.hearing import Bench, RedRuns, Terms, open_hearing

# More lines than this are left as hunks: each is worth a run or more.
_MOST_LINES = 100
# As the probes have it: what hangs gets this many seconds beyond a multiple of the green run.
_SLACK, _TIMES = 10.0, 5.0


def minimise_change(  # noqa: PLR0913 - a verdict, and all that it was made with
    change: Change, verdict: Verdict, *, terms: Terms, bench: Bench, reds: RedRuns, deadline: float
) -> Minimised:
    """Drops from an accepted `change` what its evidence does not need, then judges the rest.

    `deadline` is on the bench's clock; time for the last judgement is kept. Raises BadInputError
    for a refactoring, whose evidence is as green without any of it.
    """
    if terms.mode is Mode.REFACTOR:
        raise BadInputError(
            "a refactoring cannot be minimised: its evidence needs none of it",
            "Use --minimise with --mode fix or --mode feature.",
        )
    keep = sum(step.seconds for step in verdict.steps)
    search = _Search(change, verdict, terms=terms, bench=bench, reds=reds, deadline=deadline - keep)
    for tree, hunks, by_line in search.candidates():
        smaller = bench.objects.change(change.base_tree, tree)
        again = gate_change(smaller, terms=terms, bench=bench, reds=reds)
        if again.accepted:
            return search.result(smaller, again, hunks, by_line=by_line)
        bench.progress.note(f"minimise: {again.outcome}: {again.reason}; trying more of the change")
    return search.result(change, verdict, search.hunks, by_line=False)


class _Search:
    """One search: what was asked already, and what time is left."""

    def __init__(  # noqa: PLR0913 - a search needs all that a judgement does
        self,
        change: Change,
        verdict: Verdict,
        *,
        terms: Terms,
        bench: Bench,
        reds: RedRuns,
        deadline: float,
    ) -> None:
        hearing = open_hearing(change, terms, bench, reds)
        production = set(hearing.sorting.production)
        self._files = tuple(f for f in change.files if f.path in production)
        self._parsed = {f.path for f in self._files if _parses(f.path, f.after)}
        self._base_tree, self._tree, self._red_tree = (
            change.base_tree,
            verdict.tree,
            hearing.red_tree,
        )
        self._verdict, self._terms, self._bench = verdict, terms, bench
        self._deadline = deadline
        self._known: dict[tuple[str, bool], bool] = {}
        self._runs, self._complete = 0, True
        self.hunks = hunks_of(self._files)

    def candidates(self) -> Iterator[tuple[str, list[Hunk], bool]]:
        """Trees worth judging, smallest first, with the hunks that they hold."""
        hunks = minimise(self.hunks, self._asking(self._tests_pass))
        lines = lines_of(hunks)
        if len(hunks) < len(lines) <= _MOST_LINES:
            yield self._of(minimise(lines, self._asking(self._tests_pass))), hunks, True
        if len(hunks) < len(self.hunks):
            yield self._of(hunks), hunks, False
            # the tests that were red need no more, but others do: now with all of them
            hunks = minimise(self.hunks, self._asking(self._all_pass))
            if len(hunks) < len(self.hunks):
                yield self._of(hunks), hunks, False

    def result(
        self, change: Change, verdict: Verdict, hunks: Sequence[Hunk], *, by_line: bool
    ) -> Minimised:
        """What was found, with its figures."""
        return Minimised(
            change, verdict, len(self.hunks), len(hunks), by_line, self._runs, self._complete
        )

    def _of(self, hunks: Sequence[Hunk]) -> str:
        """The tree that lands when only `hunks` of the code do."""
        contents = selected(self._files, hunks)
        dropped = [f.path for f in self._files if contents[f.path] == f.before]
        tree = self._bench.objects.restore(self._tree, self._base_tree, dropped)
        changed = {p: c for p, c in contents.items() if p not in dropped}
        return self._bench.objects.overlay(tree, changed) if changed else tree

    def _asking(self, passes: Callable[[str], bool]) -> Callable[[Sequence[Hunk]], bool]:
        def does_the_job(hunks: Sequence[Hunk]) -> bool:
            contents = selected(self._files, hunks)
            if not all(_parses(path, contents[path]) for path in self._parsed):
                return False  # for free: the runner would only say the same
            tree = self._of(hunks)
            if tree == self._red_tree:
                return False
            key = (tree, passes == self._all_pass)
            if key not in self._known:
                if self._bench.clock.monotonic() > self._deadline:
                    self._complete = False
                    return False
                self._runs += 1
                self._bench.progress.stage("gate", f"minimise: {len(hunks)} parts")
                self._known[key] = passes(tree)
            return self._known[key]

        return does_the_job

    def _tests_pass(self, tree: str) -> bool:
        """Whether every test that the whole change turned green passes; without ids, all do."""
        tests = self._verdict.fail_to_pass
        green = self._verdict.green
        limit = _SLACK + _TIMES * (green.seconds if green else 0.0)
        evidence = replace(self._terms.evidence, timeout=min(self._terms.evidence.timeout, limit))
        run = self._run(evidence, tree, tests)
        if run.account is None or not tests:
            return run.green
        return set(tests) <= run.account.passed

    def _all_pass(self, tree: str) -> bool:
        """Whether step 5 would let it through."""
        run = self._run(self._terms.evidence, tree, ())
        red = self._verdict.red
        if red is None:
            return run.green
        said = judge_green(red, run, self._terms.mode, require_account=self._terms.require_account)
        wanted = set(self._verdict.fail_to_pass)
        return not said.refused and wanted <= {*fail_to_pass(red, run)}

    def _run(self, evidence: EvidenceSpec, tree: str, only: Sequence[str]) -> EvidenceRun:
        with self._bench.rooms.clone(tree) as room:
            return self._bench.runner.run(evidence, room, only=only)


def _parses(path: str, content: bytes | None) -> bool:
    """False for Python that cannot be read; other files are not looked at."""
    if not path.endswith(".py") or content is None:
        return True
    try:
        ast.parse(content)
    except (SyntaxError, ValueError):
        return False
    return True
