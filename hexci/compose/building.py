"""Wires a cooperative build: the cast, its models under their caps, the debate, the gate."""

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from hexci.compose.building_review import Ground, reviewed_site
from hexci.compose.candidates import Models, Tape, build_candidate, charter_of
from hexci.compose.debates import debate_of, law_of, stored_to_resume
from hexci.compose.evidence import build_bench
from hexci.compose.gate import terms_of
from hexci.compose.planning import config_at, plan_of
from hexci.compose.records import sweep

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import Quarters
    from hexci.domain.building.cast import Cast
    from hexci.domain.building.frozen import Frozen
    from hexci.domain.building.order import BuildOrder
    from hexci.domain.config import Config
    from hexci.domain.debate.roles import Role
    from hexci.domain.evidence import EvidenceRun
    from hexci.domain.plan import Plan
    from hexci.domain.run_result import RunResult
    from hexci.domain.verdict import Verdict
    from hexci.ports.candidate import Candidate
    from hexci.ports.progress import Progress
    from hexci.ports.records import StoredRun
    from hexci.usecases.building.ask_role import Seat, Tally
    from hexci.usecases.building.build import Site
    from hexci.usecases.building.workshop import Workshop
    from hexci.usecases.hearing import Bench
    from hexci.usecases.plan_task import TaskRequest
    from hexci.usecases.record_run import Recorder


def build(  # noqa: PLR0913, PLR0917 - what was asked for, and where it comes from
    request: "TaskRequest",
    order: "BuildOrder",
    base: str,
    folder: Path | None = None,
    tape: Tape | None = None,
    law: str = "",
    grants: "Sequence[str]" = (),
) -> "RunResult":
    """Builds what `order` says in the repository of `folder` (default: the current one).

    `request` is that of the main job in `feature` mode, its task the challenge, its evidence the
    gate; `law` and `grants` are as there.
    """
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import quarters_for
    from hexci.adapters.sinks.progress import progress_for

    checkout = Checkout.at(folder or Path.cwd())
    with quarters_for(checkout) as quarters, progress_for(sys.stderr) as progress:
        sweep(checkout)
        ruling = checkout.resolve(law or base)
        config = config_at(quarters, ruling)
        plan = plan_of(request, base, config, checkout, quarters, progress)
        return _Yard(plan, order, ruling, checkout, quarters, progress).build(tape, grants)


def resume(
    run: str, folder: Path | None = None, tape: Tape | None = None, grants: "Sequence[str]" = ()
) -> "RunResult":
    """Takes up a build that was killed or whose models failed; no paid call is made again."""
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import quarters_for
    from hexci.adapters.sinks.progress import progress_for
    from hexci.adapters.stored.plans import read_build, read_plan

    checkout = Checkout.at(folder or Path.cwd())
    with quarters_for(checkout) as quarters, progress_for(sys.stderr) as progress:
        stored = stored_to_resume(run, checkout, quarters)
        kept, plan = read_build(stored.files), read_plan(stored.files)
        progress.stage("plan", f"taking up {stored.run}")
        yard = _Yard(plan, kept.order, kept.law, checkout, quarters, progress, stored)
        return yard.build(tape, grants)


@dataclass(frozen=True, slots=True)
class _Yard:
    """One build's place: the plan, the order and where it happens."""

    plan: "Plan"
    order: "BuildOrder"
    law: str
    checkout: "Checkout"
    quarters: "Quarters"
    progress: "Progress"
    stored: "StoredRun | None" = None

    def build(self, tape: Tape | None, grants: "Sequence[str]") -> "RunResult":
        """The whole build."""
        from hexci.usecases.building.build import build as build_by_agents
        from hexci.usecases.run_shelf import RunShelf

        recorder, cast = self._recorder(), self._cast()
        charter = charter_of(self.plan, grants, recorder.deny)
        models = Models(self.plan, tape or Tape(), charter)
        models.shelf = RunShelf(recorder, self.stored.files if self.stored else None)
        bench = build_bench(self.checkout, self.quarters, self.plan.base_commit, self.progress)
        used = self._used()
        deadline = bench.clock.monotonic() + max(0.0, self.plan.limits.timeout - used)
        shop = self._shop(cast, recorder, bench, models, deadline)
        self._begin(recorder)
        with models.closing:
            site = self._site(cast, bench, models, deadline)
            if self.order.review:
                site = reviewed_site(site, shop, bench, models, self._ground)
            return build_by_agents(shop, site)

    def _recorder(self) -> "Recorder":
        from hexci.adapters.git.records import GitRecords
        from hexci.adapters.machine.clock import SystemClock
        from hexci.adapters.machine.owner import this_owner
        from hexci.domain.building.order import build_id
        from hexci.usecases.record_run import Recorder

        run = self.stored.run if self.stored else build_id(self.plan, self.order)
        records = GitRecords(self.checkout, self.quarters.vault)
        return Recorder(run, records=records, clock=SystemClock(), owner=this_owner())

    def _begin(self, recorder: "Recorder") -> None:
        from hexci.adapters.stored.plans import BUILD
        from hexci.domain.canonical import canonical, plain

        if self.stored is not None:
            recorder.take_up(self.stored, self.plan)
            return
        document = {"order": plain(self.order), "law": self.law}
        recorder.put(BUILD, canonical(document) + b"\n")
        recorder.begin(self.plan)

    @property
    def _ground(self) -> "Ground":
        return Ground(self.checkout, self.quarters, self.stored.files if self.stored else {})

    def _used(self) -> float:
        from hexci.domain.stored_run import active_seconds, journal_of

        return active_seconds(journal_of(self.stored.files)) if self.stored else 0.0

    def _cast(self) -> "Cast":
        from hexci.adapters.models.specs import host_of, is_model
        from hexci.domain.building.cast import cast_of
        from hexci.errors import BadInputError

        specs = [spec for spec in self.plan.candidates if spec != "repair"]
        models = [spec for spec in specs if is_model(spec)]
        if not models:
            raise BadInputError(
                "a build needs a model that designs and writes tests",
                "Name one: --candidate openai/MODEL, anthropic/MODEL, ollama/MODEL, local:GGUF",
            )
        return cast_of(self.order, models, specs, {spec: host_of(spec) for spec in specs})

    def _shop(
        self, cast: "Cast", recorder: "Recorder", bench: "Bench", models: Models, deadline: float
    ) -> "Workshop":
        from hexci.usecases.building.ask_role import Tally
        from hexci.usecases.building.workshop import Workshop

        tally = Tally()
        return Workshop(
            order=self.order,
            plan=self.plan,
            cast=cast,
            debate=debate_of(recorder, self.quarters, self.stored),
            recorder=recorder,
            seat=self._seats(bench, models, deadline, tally),
            objects=self.quarters.vault,
            rooms=bench.rooms,
            runner=bench.runner,
            clock=bench.clock,
            progress=self.progress,
            deadline=deadline,
            scene=self._scene(),
            nonce=self._nonce,
            tally=tally,
        )

    def _seats(
        self, bench: "Bench", models: Models, deadline: float, tally: "Tally"
    ) -> "Callable[[Role], Seat]":
        from functools import cache
        from threading import Lock

        from hexci.usecases.agent_tools import ReadingTools
        from hexci.usecases.building.ask_role import Seat

        vault, plan, lock = self.quarters.vault, self.plan, Lock()
        nonce = self._nonce

        @cache
        def ran() -> "EvidenceRun":
            with bench.rooms.clone(plan.base_tree) as room:
                return bench.runner.run(plan.evidence, room)

        def evidence() -> "EvidenceRun":
            with lock:
                return ran()

        @cache
        def seat(role: "Role") -> Seat:
            law = law_of(role, models.charter.gateway)
            model = models.metered(role.by, role.name, law)
            assert model is not None  # noqa: S101 - the cast holds only models in such seats
            tools = ReadingTools(plan.base_tree, vault, vault, evidence, law)
            return Seat(
                role.name, model, tools, law, bench.clock, self.progress, deadline, nonce, tally
            )

        return seat

    @property
    def _nonce(self) -> str:
        from hexci.domain.canonical import digest

        return digest(f"{self.plan.base_tree}\0{self.plan.task}".encode())[-16:]

    def _scene(self) -> str:
        from hexci.domain.agent.prompt import fenced, repository_facts

        paths = sorted(self.quarters.vault.files(self.plan.base_tree))
        listed = "\n".join([repository_facts(paths), *paths[:200]])
        return f"The repository:\n{fenced(listed, self._nonce)}"

    def _site(self, cast: "Cast", bench: "Bench", models: Models, deadline: float) -> "Site":
        from hexci.adapters.signing.ssh import signer_from_environment
        from hexci.usecases.building.build import Site
        from hexci.usecases.building.write_code import Builders

        config = config_at(self.quarters, self.law)
        pairs = [(role, self._builder(role, bench, models)) for role in cast.builders]
        court = self._court(config, bench, deadline)
        return Site(Builders(pairs, court), self.quarters.vault, signer_from_environment())

    def _builder(self, role: "Role", bench: "Bench", models: Models) -> "Candidate":
        from hexci.usecases.agent_table import Desk

        vault, law = self.quarters.vault, law_of(role, models.charter.gateway)
        desk = Desk(vault, vault, bench.runner, law)
        return build_candidate(
            role.by, self.plan, self.checkout.top, self.quarters, bench, models, lambda: desk,
            role.name, law,
        )  # fmt: skip

    def _court(
        self, config: "Config", bench: "Bench", deadline: float
    ) -> "Callable[[Frozen], Callable[[str], Verdict]]":
        from hexci.domain.plan import PathRules
        from hexci.usecases.hold_court import RunCourt

        terms, below = terms_of(self.plan, config), self.order.below

        def court(tests: "Frozen") -> "Callable[[str], Verdict]":
            places = ((*below, *sorted(tests.digests)),) if below else ()
            paths = terms.paths.narrowed(PathRules(allow_edit=places))
            held = RunCourt(
                self.plan.base_tree, terms=replace(terms, paths=paths), bench=bench,
                deadline=deadline,
            )  # fmt: skip
            return held.judge

        return court
