"""The only place that knows every adapter. One function a use case, imports deferred."""

import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import Quarters
    from hexci.adapters.repairbench.casefile import Case
    from hexci.adapters.repairbench.report import Try
    from hexci.domain.boundaries.graph import Graph
    from hexci.domain.config import Config
    from hexci.domain.outcome import Outcome
    from hexci.domain.plan import Plan
    from hexci.domain.reach import Reach
    from hexci.domain.run_line import RunLine
    from hexci.domain.run_result import RunResult
    from hexci.ports.candidate import Candidate
    from hexci.ports.model import ChatModel
    from hexci.ports.progress import Progress
    from hexci.ports.records import Records, StoredRun
    from hexci.ports.runner import EvidenceRunner
    from hexci.ports.sandbox import Sandbox
    from hexci.usecases.agent_table import Desk
    from hexci.usecases.analyze_boundaries import Analysis, Analyzer
    from hexci.usecases.do_task import Means
    from hexci.usecases.gate_change import Bench, Terms
    from hexci.usecases.metered_model import MeteredModel
    from hexci.usecases.plan_task import TaskRequest
    from hexci.usecases.verify_commit import Trusted


# ---------------------------------------------------------------------------- the main job


@dataclass(frozen=True, slots=True)
class Tape:
    """Where replies of models are kept (`record`) or taken from (`replay`), if anywhere."""

    record: str | None = None
    replay: str | None = None


def do(
    request: "TaskRequest", base: str, folder: Path | None = None, tape: Tape | None = None
) -> "RunResult":
    """Runs the main job in the repository of `folder` (default: the current one)."""
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import quarters_for
    from hexci.adapters.sinks.progress import progress_for
    from hexci.domain.run_id import run_id
    from hexci.usecases.do_task import do_task

    checkout = Checkout.at(folder or Path.cwd())
    with quarters_for(checkout) as quarters, progress_for(sys.stderr) as progress:
        sweep(checkout)
        config = _config(quarters, checkout.resolve(base))
        plan = _plan(request, base, config, checkout, quarters, progress)
        models = _Models(plan, tape or Tape())
        means = _means(plan, run_id(plan), config, checkout, quarters, progress, models)
        with models.closing:
            return do_task(plan, means)


def request_from_argv(**asked: object) -> "TaskRequest":
    """A request by whoever calls the command line, now; `asked` are fields of TaskRequest."""
    from hexci.adapters.machine.asker import argv_event
    from hexci.usecases.plan_task import TaskRequest

    return TaskRequest(event=argv_event(), **asked)  # type: ignore[arg-type]


def result_as(result: "RunResult", *, as_json: bool) -> str:
    """A run's end for a person or a program."""
    from hexci.adapters.sinks.run_result import as_document, as_text

    return as_document(result) if as_json else as_text(result)


def _config(quarters: "Quarters", commit: str) -> "Config":
    from hexci.domain.config import CONFIG_PATH, Config

    text = quarters.vault.read(quarters.vault.tree_of(commit), CONFIG_PATH)
    if text is None:
        return Config()
    from hexci.adapters.manifests.config import parse_config

    return parse_config(text)


def _plan(  # noqa: PLR0913, PLR0917
    request: "TaskRequest",
    base: str,
    config: "Config",
    checkout: "Checkout",
    quarters: "Quarters",
    progress: "Progress",
) -> "Plan":
    from dataclasses import replace

    from hexci.usecases.plan_task import plan_task

    progress.stage("plan", request.task)
    dirty = checkout.dirty()
    if dirty:
        said = f"{len(dirty)} uncommitted paths are not part of the run (first: {dirty[0]})"
        request = replace(request, notes=(*request.notes, said))
    if not (request.candidates or config.candidates):
        found = reachable_candidates()
        specs = tuple(reach.spec for reach in found if reach.spec)
        request = replace(
            request,
            candidates=specs,
            notes=(*request.notes, f"candidates: {', '.join(r.told for r in found)}"),
        )
    commit = checkout.resolve(base)
    tree = quarters.vault.tree_of(commit)
    return plan_task(
        request,
        config=config,
        base_commit=commit,
        base_tree=tree,
        base_files=quarters.vault.files(tree),
    )


def _means(  # noqa: PLR0913, PLR0917
    plan: "Plan",
    run: str,
    config: "Config",
    checkout: "Checkout",
    quarters: "Quarters",
    progress: "Progress",
    models: "_Models",
) -> "Means":
    from hexci.adapters.git.records import GitRecords
    from hexci.adapters.machine.clock import SystemClock
    from hexci.adapters.machine.owner import this_owner
    from hexci.adapters.signing.ssh import signer_from_environment
    from hexci.usecases.do_task import Means
    from hexci.usecases.hold_court import RunCourt
    from hexci.usecases.record_run import Recorder

    bench = build_bench(checkout, quarters, plan.base_commit, progress)
    clock = SystemClock()
    records = GitRecords(checkout, quarters.vault)
    return Means(
        court=RunCourt(
            plan.base_tree,
            terms=_terms(plan, config),
            bench=bench,
            deadline=clock.monotonic() + plan.limits.timeout,
        ),
        rooms=bench.rooms,
        objects=quarters.vault,
        commits=quarters.vault,
        recorder=Recorder(run, records=records, clock=clock, owner=this_owner()),
        clock=clock,
        progress=progress,
        candidates=build_candidates(plan, checkout.top, quarters, bench, models),
        signer=signer_from_environment(),
    )


def build_candidates(
    plan: "Plan", checkout: Path | None, quarters: "Quarters", bench: "Bench", models: "_Models"
) -> "Sequence[Candidate]":
    """The candidates of the plan, in order.

    Raises BadInputError for a SPEC that is none of the forms.
    """
    return tuple(
        _candidate(spec, plan, checkout, quarters, bench, models) for spec in plan.candidates
    )


def _candidate(  # noqa: PLR0913, PLR0917
    spec: str,
    plan: "Plan",
    checkout: Path | None,
    quarters: "Quarters",
    bench: "Bench",
    models: "_Models",
) -> "Candidate":
    from hexci.errors import BadInputError

    if spec == "repair":
        return build_repair(plan, checkout, quarters, bench)
    if spec.startswith("cmd:"):
        from hexci.adapters.command.agent import command_agent

        return command_agent(spec.removeprefix("cmd:"), build_sandbox(checkout))
    found = models.candidate(spec, build_desk(quarters, bench))
    if found is not None:
        return found
    raise BadInputError(
        f"--candidate {spec!r} is none that hexci knows",
        "One of: repair, local[:GGUF], openai/MODEL, ollama/MODEL, anthropic/MODEL, "
        "claude-code[/MODEL], cmd:ARGV",
    )


class _Models:
    """Makes the models of one run: one purse, one price list, one tape for all of them."""

    def __init__(self, plan: "Plan", tape: Tape) -> None:
        from hexci.domain.agent.budget import Ceilings
        from hexci.usecases.metered_model import Purse

        limits = plan.limits
        self._purse = Purse(Ceilings(limits.max_usd, limits.max_tokens, limits.max_calls))
        self._tape = tape
        self.closing = ExitStack()

    def candidate(self, spec: str, desk: "Desk") -> "Candidate | None":
        """The model or agent that `spec` names; None for a SPEC of another kind."""
        from hexci.adapters.machine.clock import SystemClock

        if spec.partition("/")[0] == "claude-code":
            from hexci.adapters.models.claude_cli import ClaudeCli
            from hexci.usecases.delegate_task import DelegateCandidate

            return DelegateCandidate(ClaudeCli(spec), desk, SystemClock(), self._purse)
        model = self.metered(spec)
        if model is None:
            return None
        from hexci.usecases.agent_loop import AgentCandidate

        return AgentCandidate(model, desk, SystemClock())

    def metered(self, spec: str) -> "MeteredModel | None":
        """The model behind the purse; None for a SPEC of another kind."""
        import random
        import time

        from hexci.adapters.machine.clock import SystemClock
        from hexci.adapters.models.prices import price_list
        from hexci.usecases.metered_model import MeteredModel, Waiting

        model = self._model(spec)
        if model is None:
            return None
        waiting = Waiting(SystemClock(), time.sleep, random.random)
        return MeteredModel(model, price_list().of(spec), self._purse, waiting)

    def _model(self, spec: str) -> "ChatModel | None":
        from hexci.adapters.models.local_chat import LocalChat
        from hexci.adapters.models.specs import chat_model, is_model

        if not is_model(spec):
            return None
        from hexci.adapters.models.cassette import Player, Recorder

        if self._tape.replay is not None:
            return Player(spec, Path(self._tape.replay))
        model = chat_model(spec)
        if isinstance(model, LocalChat):
            self.closing.callback(model.close)
        return Recorder(model, Path(self._tape.record)) if self._tape.record else model


def build_desk(quarters: "Quarters", bench: "Bench") -> "Desk":
    """What the tools of an agent need."""
    from hexci.usecases.agent_table import Desk

    return Desk(quarters.vault, quarters.vault, bench.runner)


def reachable_candidates() -> "tuple[Reach, ...]":
    """Who could work here without being named, in order, and why not where not."""
    from hexci.adapters.models.reach import reachable_models
    from hexci.domain.reach import Reach

    return (Reach("repair", "built in"), *reachable_models())


def build_repair(
    plan: "Plan", checkout: Path | None, quarters: "Quarters", bench: "Bench"
) -> "Candidate":
    """The model-free candidate: in a fork server where it can, by the evidence command else."""
    import os

    from hexci.adapters.forkserver.executor import ForkServerExecutor
    from hexci.adapters.machine.clock import SystemClock
    from hexci.adapters.treesitter.lazily import LazyTrees
    from hexci.usecases.repair_by_evidence import EvidenceExecutor
    from hexci.usecases.repair_code import RepairCandidate

    slots = min(8, os.cpu_count() or 1)
    executors = (
        ForkServerExecutor(build_sandbox(checkout), slots),
        EvidenceExecutor(bench.rooms, bench.runner, plan.base_tree, slots),
    )
    return RepairCandidate(bench.rooms, executors, SystemClock(), quarters.vault, LazyTrees())


def build_bench(
    checkout: "Checkout", quarters: "Quarters", base_commit: str, progress: "Progress"
) -> "Bench":
    """What the gate works with, for one repository."""
    from hexci.adapters.machine.clock import SystemClock
    from hexci.usecases.gate_change import Bench

    return Bench(
        objects=quarters.vault,
        rooms=quarters.rooms(base_commit),
        runner=build_runner(checkout.top),
        clock=SystemClock(),
        progress=progress,
    )


def build_runner(checkout: Path | None) -> "EvidenceRunner":
    """Runs evidence in the best sandbox; rooms are mounted where `checkout` is."""
    from hexci.adapters.runners.sandboxed import SandboxedRunner

    return SandboxedRunner(build_sandbox(checkout))


def build_sandbox(checkout: Path | None) -> "Sandbox":
    """The strongest isolation that works on this machine."""
    from hexci.adapters.process.probe import best_sandbox

    return best_sandbox(checkout)


# -------------------------------------------------------------------------------- the gate


def judge(
    request: "TaskRequest", base: str, head: str, patch: bytes | None, *, as_json: bool
) -> "tuple[Outcome, str]":
    """The gate on the change from `base` to `head`, or on `patch`; outcome and what to print."""
    from dataclasses import replace

    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import quarters_for
    from hexci.adapters.sinks.progress import progress_for
    from hexci.adapters.sinks.verdict import as_document, as_text
    from hexci.usecases.gate_change import gate_change

    checkout = Checkout.at(Path.cwd())
    with quarters_for(checkout) as quarters, progress_for(sys.stderr) as progress:
        config = _config(quarters, checkout.resolve(base))
        plan = _plan(request, base, config, checkout, quarters, progress)
        vault = quarters.vault
        if patch is None:
            tree = vault.tree_of(checkout.resolve(head))
        else:
            tree = vault.patched(plan.base_tree, patch)
        verdict = gate_change(
            vault.change(plan.base_tree, tree),
            terms=replace(_terms(plan, config), exact=True),
            bench=build_bench(checkout, quarters, plan.base_commit, progress),
        )
    return verdict.outcome, as_document(verdict, plan) if as_json else as_text(verdict, plan)


def _terms(plan: "Plan", config: "Config") -> "Terms":
    from hexci.usecases.gate_change import Terms

    return Terms(
        evidence=plan.evidence,
        mode=plan.mode,
        paths=plan.paths,
        require_account=_account_required(config),
    )


def _account_required(config: "Config") -> bool:
    """As configured; else required in CI, where nobody watches."""
    import os

    if config.require_account is not None:
        return config.require_account
    return os.environ.get("CI", "").lower() in {"1", "true"}


# ------------------------------------------------------------------------------- records


def sweep(checkout: "Checkout") -> tuple[str, ...]:
    """Ends the records of killed runs and removes what they left in the temporary folder."""
    import shutil

    from hexci.adapters.git.quarters import abandoned_quarters
    from hexci.adapters.machine.clock import SystemClock
    from hexci.adapters.machine.owner import is_alive
    from hexci.usecases.sweep_runs import sweep_runs

    for left in abandoned_quarters():
        shutil.rmtree(left, ignore_errors=True)
    return sweep_runs(records=_records(checkout), clock=SystemClock(), is_alive=is_alive)


def runs(most: int) -> "tuple[RunLine, ...]":
    """The newest runs of this repository, newest first, killed ones swept."""
    from hexci.adapters.git.checkout import Checkout
    from hexci.usecases.list_runs import list_runs

    checkout = Checkout.at(Path.cwd())
    sweep(checkout)
    return list_runs(most, records=_records(checkout))


def runs_as(lines: "Sequence[RunLine]", *, as_json: bool) -> str:
    """A list of runs for a person or a program."""
    from hexci.adapters.sinks.records import as_document, runs_as_text

    return as_document({"runs": list(lines)}) if as_json else runs_as_text(lines)


def run_record_as(name: str, *, as_json: bool) -> str:
    """One run's record for a person or a program."""
    from hexci.adapters.sinks.records import record_as_document, record_as_text

    stored = _stored(name)
    render = record_as_document if as_json else record_as_text
    return render(stored.run, stored.files)


def run_file(name: str, file: str) -> bytes:
    """One file of a run's record."""
    from hexci.errors import BadInputError

    stored = _stored(name)
    if file not in stored.files:
        known = " ".join(sorted(stored.files))
        raise BadInputError(f"the record of {stored.run} has no file {file!r}", f"It has: {known}")
    return stored.files[file]


def collect_garbage(older_than_days: float, *, dry_run: bool, as_json: bool) -> str:
    """Removes old records and what killed runs left; says what went."""
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.machine.clock import SystemClock
    from hexci.adapters.sinks.records import as_document
    from hexci.usecases.collect_garbage import old_runs

    checkout = Checkout.at(Path.cwd())
    lost = sweep(checkout)
    records = _records(checkout)
    old = old_runs(older_than_days, records=records, clock=SystemClock())
    if not dry_run:
        records.forget(old)
    if as_json:
        return as_document({"removed": list(old), "lost": list(lost), "dry_run": dry_run})
    verb = "would remove" if dry_run else "removed"
    lines = [f"{verb} {run}" for run in old] + [f"swept as lost: {run}" for run in lost]
    return "\n".join(lines or ["nothing to remove"]) + "\n"


def verify(ref: str, *, as_json: bool) -> "tuple[Outcome, str]":
    """Re-runs a commit's evidence; the outcome, and what to print."""
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import quarters_for
    from hexci.adapters.sinks.progress import progress_for
    from hexci.adapters.sinks.verification import as_document, as_text
    from hexci.usecases.verify_commit import verify_commit

    checkout = Checkout.at(Path.cwd())
    with quarters_for(checkout) as quarters, progress_for(sys.stderr) as progress:
        commit = checkout.resolve(ref)
        bench = build_bench(checkout, quarters, commit, progress)
        found = verify_commit(
            commit,
            trailers=checkout.trailers(commit),
            trusted=_allowed_signers(checkout, quarters),
            objects=bench.objects,
            records=_records(checkout),
            rooms=bench.rooms,
            runner=bench.runner,
            progress=progress,
        )
    return found.outcome, as_document(found) if as_json else as_text(found)


def why(target: str, *, as_json: bool) -> str:
    """What stands behind a commit or a line, for a person or a program."""
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import quarters_for
    from hexci.adapters.sinks.provenance import as_document, as_text
    from hexci.domain.provenance import parse_place
    from hexci.usecases.explain_commit import explain_commit

    checkout = Checkout.at(Path.cwd())
    place = parse_place(target)
    commit = checkout.blame(place.path, place.line) if place else checkout.resolve(target)
    with quarters_for(checkout) as quarters:
        found = explain_commit(
            commit,
            place,
            described=checkout.describe(commit),
            trailers=checkout.trailers(commit),
            objects=quarters.vault,
            records=_records(checkout),
        )
    return as_document(found) if as_json else as_text(found)


def _records(checkout: "Checkout") -> "Records":
    from hexci.adapters.git.records import GitRecords

    return GitRecords(checkout)


def _allowed_signers(checkout: "Checkout", quarters: "Quarters") -> "Trusted":
    from hexci.adapters.signing.ssh import SshSignatureCheck
    from hexci.domain.envelope import ALLOWED_SIGNERS
    from hexci.usecases.verify_commit import Trusted

    tree = quarters.vault.tree_of(checkout.resolve("HEAD"))
    return Trusted(quarters.vault.read(tree, ALLOWED_SIGNERS), SshSignatureCheck())


def _stored(name: str) -> "StoredRun":
    from hexci.adapters.git.checkout import Checkout
    from hexci.usecases.list_runs import find_run

    checkout = Checkout.at(Path.cwd())
    sweep(checkout)
    return find_run(name, records=_records(checkout))


# ------------------------------------------------------------------------------ first steps


def init() -> tuple[tuple[str, bool], ...]:
    """Writes the first files; (path, whether it was written) of each."""
    from hexci.adapters.git.checkout import Checkout
    from hexci.errors import BadInputError
    from hexci.usecases.init_repository import first_files

    checkout = Checkout.at(Path.cwd())
    if checkout.top is None:
        raise BadInputError("this is a bare repository", "Run it in a checkout.")
    done = []
    for path, content in first_files(checkout.tracked_and_untracked()).items():
        place = checkout.top / path
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(content)
            done.append((path, True))
        else:
            done.append((path, False))
    return tuple(done)


def try_it(folder: str, say: "Callable[[str], None]") -> "Outcome":
    """Makes the small project in `folder` and runs the main job on it."""
    from hexci.adapters.git.demo_repository import make_repository
    from hexci.domain.demo import EVIDENCE, FILES, TASK

    place = Path(folder).resolve()
    make_repository(place, FILES)
    say(f"made {folder}: {', '.join(FILES)}; its tests fail. Now, as you would:\n")
    say(f'  cd {folder}\n  hexci do "{TASK}" --evidence "{EVIDENCE}"\n')
    request = request_from_argv(task=TASK, evidence=EVIDENCE, candidates=("repair",))
    result = do(request, "HEAD", place)
    say(result_as(result, as_json=False))
    if result.outcome.happened:
        say(f"The record lies in git: cd {folder} && git log --all --notes=hexci/evidence")
        say(f"Prove it again, offline: cd {folder} && hexci verify {result.branch}")
    return result.outcome


def doctor(*, as_json: bool) -> "tuple[Outcome, str]":
    """What works here; the outcome, and what to print."""
    from hexci.adapters.machine.examination import examine_bash, examine_git, examine_python
    from hexci.adapters.sinks.symptoms import as_document, as_text
    from hexci.domain.symptom import candidate_symptom, isolation_symptom, outcome_of

    symptoms = (
        examine_git(),
        examine_python(),
        examine_bash(),
        isolation_symptom(build_sandbox(None).level),
        *(candidate_symptom(reach) for reach in reachable_candidates()),
    )
    return outcome_of(symptoms), as_document(symptoms) if as_json else as_text(symptoms)


# ------------------------------------------------------------------------------- boundaries


def analyzer(
    root: str, tree: str, *, cache: str | None = None, full_parse: bool = False
) -> "Analyzer":
    """Checks boundaries below `root`.

    `tree` is `worktree`, `staged` or a commit; `cache` the folder of the kept graph (None: none).
    """
    from hexci.adapters.extracts.stored_graph import NoGraph, StoredGraph
    from hexci.adapters.manifests.boundaries import parse_boundaries, parse_pyproject
    from hexci.adapters.sources.choosing import sources_for
    from hexci.adapters.treesitter.lazily import LazyParser
    from hexci.usecases.analyze_boundaries import Analyzer

    return Analyzer(
        sources=sources_for(root, tree),
        parser=LazyParser(),
        store=NoGraph() if cache is None else StoredGraph(cache),
        read_yaml=parse_boundaries,
        read_pyproject=parse_pyproject,
        full_parse=full_parse,
    )


def analyze_cache(root: str) -> str:
    """The folder where the graph of `root` is kept."""
    from hexci.adapters.sources.choosing import cache_folder

    return cache_folder(root)


def analyze_stamp(root: str, tree: str) -> str:
    """What tells whether an answer still holds; empty where nothing can."""
    from hexci.adapters.sources.heads import state

    return state(root, tree)


def keep_answer(  # noqa: PLR0913, PLR0917
    argv: list[str], root: str, tree: str, stamp: str, code: int, text: str
) -> None:
    """Keeps a finished answer for the next run."""
    from hexci.adapters.sources.heads import keep

    keep(argv, root, tree, stamp, code, text)


def today() -> str:
    """The date in UTC, as 2027-01-31."""
    import time

    return time.strftime("%Y-%m-%d", time.gmtime())


def analysis_as(analysis: "Analysis", format_name: str) -> str:
    """An analysis in one of the formats of `hexci analyze`, or as `summary`."""
    from hexci.adapters.sinks.report import FORMATS, render

    if format_name in FORMATS:
        return render(analysis.report, format_name)
    from hexci.adapters.sinks.picture import render_picture
    from hexci.domain.boundaries.picture import picture

    drawn = picture(analysis.settings, analysis.graph, analysis.judgement)
    return render_picture(drawn, analysis.report, format_name)


def update_baseline(analysis: "Analysis", root: str, reason: str) -> str:
    """Writes today's violations to the baseline of `root`; what was done, in words."""
    from hexci.domain.boundaries.baseline import updated
    from hexci.domain.boundaries.settings import BASELINE_PATH

    text, words = updated(analysis.judgement.unexcused, analysis.known, reason)
    write_text(f"{root}/{BASELINE_PATH}", text)
    return f"{BASELINE_PATH}: {words}"


def survey_as(graph: "Graph", *, modules: bool) -> str:
    """The modules of a graph, or a proposal for its config."""
    if modules:
        lines = (f"{m}\t{p}\n" for m, p in zip(graph.modules, graph.paths, strict=True))
        return "".join(sorted(lines))
    from hexci.domain.boundaries.infer import propose

    return propose(graph)


def imported_boundaries(tool: str, root: str) -> str:
    """Another tool's config below `root` as ours."""
    from hexci.adapters.migrations.reading import boundaries_from

    return boundaries_from(tool, root)


def write_text(file: str, text: str) -> None:
    """Writes a file whole, its folder made where it is missing."""
    path = Path(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")


def append_text(file: str, text: str) -> None:
    """Appends to a file."""
    with Path(file).open("a", encoding="utf-8", newline="") as sink:
        sink.write(text)


# ---------------------------------------------------------------------------- measurements


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


def bench_analyze(runs: int, modules: int, cache: str | None, *, as_json: bool) -> str:
    """`hexci analyze` beside its peers."""
    from hexci.adapters.measure.boundaries import measure
    from hexci.adapters.sinks.measurements import as_document, as_text

    folder = Path(cache) if cache else Path.home() / ".cache/hexci/bench"
    pairs = measure(folder, runs, modules=modules)
    return as_document(pairs, ()) if as_json else as_text(pairs, ())


# ---------------------------------------------------------------------- for other agents


def serve_tools(profile: str) -> None:
    """Offers the tools of `profile` over stdio until the other side hangs up."""
    from hexci.adapters.mcp.server import serve
    from hexci.domain.agent.profiles import tools_of

    known: dict[str, Callable[..., str]] = {
        "read_file": _mcp_read_file,
        "list_files": _mcp_list_files,
        "search": _mcp_search,
        "context": _mcp_context,
        "list_runs": _mcp_list_runs,
        "show_run": _mcp_show_run,
        "gate": _mcp_gate,
        "verify": _mcp_verify,
        "do": _mcp_do,
        "collect_garbage": _mcp_collect_garbage,
    }
    serve({name: known[name] for name in tools_of(profile)})


def _look(tool: str, **arguments: "str | int") -> str:
    """The answer of one of WORK's reading tools, over the tree of HEAD."""
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import quarters_for
    from hexci.domain.evidence import EvidenceRun
    from hexci.usecases.agent_tools import ReadingTools

    checkout = Checkout.at(Path.cwd())
    with quarters_for(checkout) as quarters:
        vault = quarters.vault
        tree = vault.tree_of(checkout.resolve("HEAD"))
        tools = ReadingTools(tree, vault, vault, lambda: EvidenceRun(None, "", 0.0, "none"))
        return tools.answer(tool, dict(arguments))


def _mcp_read_file(path: str, start: int = 1, end: int = 1_000_000) -> str:
    """Lines of a file at HEAD."""
    return _look("read_file", path=path, start=start, end=end)


def _mcp_list_files(glob: str) -> str:
    """Paths at HEAD that match a glob, such as src/**/*.py."""
    return _look("list_files", glob=glob)


def _mcp_search(pattern: str, glob: str = "") -> str:
    """Lines at HEAD that match an extended regular expression, as path:line: text."""
    return _look("search", pattern=pattern, glob=glob)


def _mcp_context(target: str) -> str:
    """Where a name is defined and where it is used, at HEAD."""
    return _look("context", target=target)


def _mcp_list_runs() -> str:
    """The newest runs of hexci in this repository, as JSON."""
    return runs_as(runs(20), as_json=True)


def _mcp_show_run(run: str) -> str:
    """One run's record, as JSON; `last` is the newest."""
    return run_record_as(run, as_json=True)


def _mcp_gate(base: str, evidence: str, head: str = "HEAD") -> str:
    """Judge the change from `base` to `head` by an evidence command, as JSON; changes nothing."""
    request = request_from_argv(task="judge a change", evidence=evidence)
    return judge(request, base, head, None, as_json=True)[1]


def _mcp_verify(commit: str) -> str:
    """Run a commit's evidence again from a clean clone: reproduced or not, as JSON."""
    return verify(commit, as_json=True)[1]


def _mcp_do(task: str, evidence: str, candidate: str = "repair") -> str:
    """Have a candidate do a task; what is proven is committed on a branch of its own. JSON."""
    request = request_from_argv(task=task, evidence=evidence, candidates=(candidate,))
    return result_as(do(request, "HEAD"), as_json=True)


def _mcp_collect_garbage(older_than_days: float = 90.0) -> str:
    """Remove run records older than so many days; evidence stays. JSON."""
    return collect_garbage(older_than_days, dry_run=False, as_json=True)
