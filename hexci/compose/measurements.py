"""Wires the benches: hexci beside its peers, on this machine."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hexci.compose.main_job import do
from hexci.compose.planning import request_from_argv

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hexci.adapters.repairbench.casefile import Case
    from hexci.adapters.repairbench.report import Try
    from hexci.domain.run_result import RunResult


def bench_repair(
    halves: "Sequence[str]",
    shares: "Sequence[float]",
    only: "Sequence[str]",
    *,
    published: bool,
    as_json: bool,
) -> tuple[str, str]:
    """Repairs the bench's programs; the report, and a drawing of it."""
    import json

    from hexci.adapters.repairbench.cases_on_disk import cases_of
    from hexci.adapters.repairbench.figure import draw
    from hexci.adapters.repairbench.report import as_bars, as_document, as_text

    tries = [
        _try_case(case, half, share)
        for half in halves
        for share in shares
        for case in cases_of(half)
        if not only or case.name in only
    ]
    if published:
        tries += _try_published()
    text = json.dumps(as_document(tries), indent=1) + "\n" if as_json else as_text(tries)
    return text, draw(as_bars(tries))


def _try_case(case: "Case", half: str, share: float) -> "Try":
    import tempfile

    from hexci.adapters.git.demo_repository import make_repository
    from hexci.adapters.repairbench.project import is_right, project_of, repaired
    from hexci.adapters.repairbench.report import tried

    with tempfile.TemporaryDirectory(prefix="hexci-bench-") as name:
        folder = Path(name).resolve() / case.name
        make_repository(folder, project_of(case, share, seed=1))
        result = _repair_once(folder, "python -m pytest -q test_program.py")
        text = repaired(folder, result.patch)
        right = is_right(case, text, seed=7) if text is not None else None
    return tried(case.name, half, share, right, result)


def _try_published() -> "list[Try]":
    import tempfile

    from hexci.adapters.git.demo_repository import commit_all
    from hexci.adapters.repairbench.published import PUBLISHED, unpack_bug
    from hexci.adapters.repairbench.report import tried

    found = []
    with tempfile.TemporaryDirectory(prefix="hexci-bench-") as name:
        for number, bug in enumerate(PUBLISHED):
            folder = Path(name).resolve() / str(number)
            project = unpack_bug(bug, folder, Path(name) / "cache")
            commit_all(project, bug.name)
            result = _repair_once(project, bug.evidence)
            # whether a patch that its authors' tests accept is right, nobody here can say
            found.append(tried(bug.name, "published", 1.0, None, result))
    return found


def _repair_once(folder: Path, evidence: str) -> "RunResult":
    request = request_from_argv(
        task="make the failing tests pass", evidence=evidence, candidates=("repair",), dry_run=True
    )
    return do(request, "HEAD", folder)


def bench_overhead(runs: int, *, as_json: bool) -> str:
    """What hexci adds to the commands it is put round."""
    from hexci.adapters.measure.overhead import time_main_job, time_start_up
    from hexci.adapters.sinks.measurements import as_document, as_text

    job, added = time_main_job(runs)
    pairs = (time_start_up(runs), job)
    return as_document(pairs, added) if as_json else as_text(pairs, added)


def bench_agents(runs: int, cache: str | None, *, as_json: bool) -> str:
    """The model loop beside mini-swe-agent."""
    from hexci.adapters.measure.agents import measure_agents
    from hexci.adapters.sinks.measurements import as_document, as_text

    pairs, steps = measure_agents(
        Path(cache) if cache else Path.home() / ".cache/hexci/bench", runs
    )
    return as_document(pairs, (), steps) if as_json else as_text(pairs, (), steps)


def bench_analyze(
    runs: int, modules: int, trees: "Sequence[str]", cache: str | None, *, as_json: bool
) -> str:
    """`hexci analyze` beside its peers; says on stderr what is being measured."""
    import sys

    from hexci.adapters.measure.boundaries import TREES, measure
    from hexci.adapters.sinks.measurements import as_document, as_table

    folder = Path(cache).resolve() if cache else Path.home() / ".cache/hexci/bench"
    pairs, missing = measure(
        folder,
        runs,
        modules=modules,
        trees=tuple(trees) or TREES,
        tell=lambda text: sys.stderr.write(f"{text}\n"),
    )
    return as_document(pairs, (), missing=missing) if as_json else as_table(pairs, missing)


def bench_ledger(runs: int, records: int, *, as_json: bool) -> str:
    """What a check of a large ledger costs, beside its peers."""
    from hexci.adapters.measure.ledger import measure
    from hexci.adapters.sinks.measurements import as_document, as_text

    pairs = measure(runs, records)
    return as_document(pairs, ()) if as_json else as_text(pairs, ())


def bench_gate(runs: int, sizes: "Sequence[int]", *, catalogue: bool, as_json: bool) -> str:
    """The gate beside its evidence alone; and the catalogue's attacks, where it is."""
    from hexci.adapters.measure.gate import measure, worth_of_steps
    from hexci.adapters.sinks.gate_costs import as_document, as_text

    costs = measure(runs, sizes)
    worth = worth_of_steps(Path.cwd()) if catalogue else None
    return as_document(costs, worth) if as_json else as_text(costs, worth)
