"""Wires the benches: hexci beside its peers, on this machine."""

from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from hexci.compose.evidence import build_runner, build_sandbox
from hexci.compose.main_job import do
from hexci.compose.planning import request_from_argv

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hexci.adapters.repairbench.casefile import Case
    from hexci.adapters.repairbench.report import Try
    from hexci.domain.repair.agreement import Agreement
    from hexci.domain.run_result import RunResult


def bench_repair(
    halves: "Sequence[str]",
    shares: "Sequence[float]",
    only: "Sequence[str]",
    *,
    published: bool,
    as_json: bool,
) -> tuple[str, str]:
    """Repairs the bench's programs; the report, and a drawing of it. Each case on stderr."""
    import json
    import sys

    from hexci.adapters.repairbench.cases_on_disk import cases_of
    from hexci.adapters.repairbench.figure import draw
    from hexci.adapters.repairbench.report import as_bars, as_document, as_line, as_text

    cases = (
        _try_case(case, half, share)
        for half in halves
        for share in shares
        for case in cases_of(half)
        if not only or case.name in only
    )
    tries = []
    for each in chain(cases, _try_published(halves, only) if published else ()):
        sys.stderr.write(f"{as_line(each)}\n")
        tries.append(each)
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


def _try_published(halves: "Sequence[str]", only: "Sequence[str]") -> "Iterator[Try]":
    """Real bugs, one after the other. `only` are names, or packages; none means all."""
    import tempfile

    from hexci.adapters.git.demo_repository import commit_all
    from hexci.adapters.repairbench.published import PUBLISHED, unpack_bug, unpack_release
    from hexci.adapters.repairbench.report import tried

    with tempfile.TemporaryDirectory(prefix="hexci-bench-") as name:
        cache = Path(name) / "cache"
        for number, bug in enumerate(PUBLISHED):
            if bug.half not in halves or (only and not {bug.name, bug.package} & set(only)):
                continue
            project = unpack_bug(bug, Path(name).resolve() / str(number), cache)
            commit_all(project, bug.name)
            result = _repair_once(project, bug.evidence)
            release = unpack_release(bug, cache)
            fixed = [bug.taken_back[0]] if bug.taken_back else []
            agreed = _agreed(project, bug.evidence, result.patch, release, fixed)
            right = None if agreed is None or not agreed.inputs else agreed.differing == 0
            found = tried(bug.name, f"published {bug.half}", 1.0, right, result)
            if agreed:
                said = f"differs from {bug.fixed} on {agreed.differing} of {agreed.inputs} inputs"
                found = replace(found, told=f"{found.told}; {said}")
            yield found


def _agreed(
    folder: Path, evidence: str, patch: bytes, release: Path, fixed: "Sequence[str]"
) -> "Agreement | None":
    """How often a repaired program and the fixed release differ; None without a patch.

    The release's files that count are those that the patch changes, and those of `fixed`.
    """
    import os

    from hexci.adapters.forkserver.executor import ForkServerExecutor
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import quarters_for
    from hexci.adapters.repairbench.project import patched_files
    from hexci.domain.evidence import EvidenceSpec
    from hexci.usecases.compare_with_release import Judges, compare_with_release

    if not patch:
        return None
    checkout = Checkout.at(folder)
    executor = ForkServerExecutor(build_sandbox(checkout.top), min(8, os.cpu_count() or 1))
    judges = Judges(executor, build_runner(checkout.top), EvidenceSpec(evidence))
    base = checkout.resolve("HEAD")
    with quarters_for(checkout) as quarters:
        tree = quarters.vault.tree_of(base)
        rooms = quarters.rooms(base)
        with rooms.clone(tree) as room:
            ours = patched_files(folder, patch)
            paths = [path for path in {*ours, *fixed} if (release / path).is_file()]
            theirs = {path: (release / path).read_bytes() for path in paths}
            return compare_with_release(judges, room, ours, theirs)


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


def bench_action(runs: int, *, as_json: bool) -> str:
    """How soon the Action tells of its event, by each way of installing."""
    from hexci.adapters.machine.installation import source_folder
    from hexci.adapters.measure.action_start import time_starts
    from hexci.adapters.sinks.measurements import starts_as_document, starts_as_table
    from hexci.errors import BadInputError

    checkout = source_folder()
    if checkout is None:
        raise BadInputError("this hexci is no checkout", "Run it in a checkout: bootstrap.py")
    rows = [
        (s.route, s.cache, s.installed, s.told, s.cpu, s.line) for s in time_starts(checkout, runs)
    ]
    return starts_as_document(rows) if as_json else starts_as_table(rows)


def bench_engine(runs: int, cache: str | None, *, as_json: bool) -> str:
    """The kernel beside hexDAG."""
    from hexci.adapters.measure.engine import measure_engine
    from hexci.adapters.sinks.measurements import as_document, as_table

    place = Path(cache) if cache else Path.home() / ".cache/hexci/bench"
    pairs = measure_engine(runs, place)
    return as_document(pairs, ()) if as_json else as_table(pairs, ())


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
