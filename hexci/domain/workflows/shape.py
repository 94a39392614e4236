"""What a workflow or a composite action consists of. What is misshapen is left out, not judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hexci.domain.canonical import Json
from hexci.domain.workflows.source import Source, Where, text_of, texts_of


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `inputs` is its `with`; `where` is its path in the file."""

    where: Where
    id: str = ""
    uses: str = ""
    run: str = ""
    condition: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)
    env: Mapping[str, str] = field(default_factory=dict)
    may_fail: bool = False

    @property
    def action(self) -> str:
        """`owner/name` of the action in lower case, with its folder; `./…` for a local one."""
        return self.uses.partition("@")[0].lower()

    @property
    def ref(self) -> str:
        """The tag, branch or commit; empty where none is named."""
        return self.uses.partition("@")[2]


@dataclass(frozen=True, slots=True)
class Job:
    """One job; the steps of a composite action are a job without a name.

    `permissions` is None where the job says nothing; `secrets` as they are passed to a workflow.
    """

    name: str
    where: Where
    steps: tuple[Step, ...] = ()
    uses: str = ""
    condition: str = ""
    permissions: Json = None
    env: Mapping[str, str] = field(default_factory=dict)
    concurrency: Json = None
    minutes: str = ""
    secrets: Json = None
    may_fail: bool = False


@dataclass(frozen=True, slots=True)
class Workflow:
    """A workflow, or a composite action: then there are no triggers."""

    source: Source
    triggers: Mapping[str, Json]
    jobs: tuple[Job, ...]
    permissions: Json = None
    env: Mapping[str, str] = field(default_factory=dict)
    concurrency: Json = None
    composite: bool = False


def read_workflow(source: Source) -> Workflow | None:
    """What the file holds; None when it is neither a workflow nor a composite action."""
    data = source.data
    if not isinstance(data, dict):
        return None
    runs = data.get("runs")
    if isinstance(runs, dict):
        steps = _steps(runs.get("steps"), ("runs", "steps"))
        job = Job("", ("runs",), steps)
        return Workflow(source, {}, (job,), composite=True) if _is_composite(runs) else None
    jobs = data.get("jobs")
    if not isinstance(jobs, dict) or "on" not in data:
        return None
    return Workflow(
        source,
        _triggers(data["on"]),
        tuple(_job(name, job) for name, job in jobs.items() if isinstance(job, dict)),
        data.get("permissions"),
        texts_of(data.get("env")),
        data.get("concurrency"),
    )


def is_other_action(source: Source) -> bool:
    """Whether the file is an action that has no steps: one of JavaScript or Docker."""
    runs = source.data.get("runs") if isinstance(source.data, dict) else None
    return isinstance(runs, dict) and not _is_composite(runs)


def _is_composite(runs: dict[str, Json]) -> bool:
    return runs.get("using") == "composite"


def _triggers(on: Json) -> dict[str, Json]:
    if isinstance(on, dict):
        return dict(on)
    names = on if isinstance(on, list) else [on]
    return {name: None for name in names if isinstance(name, str)}


def _job(name: str, data: dict[str, Json]) -> Job:
    where = ("jobs", name)
    return Job(
        name=name,
        where=where,
        steps=_steps(data.get("steps"), (*where, "steps")),
        uses=text_of(data.get("uses")),
        condition=text_of(data.get("if")),
        permissions=data.get("permissions"),
        env=texts_of(data.get("env")),
        concurrency=data.get("concurrency"),
        minutes=text_of(data.get("timeout-minutes")),
        secrets=data.get("secrets"),
        may_fail=data.get("continue-on-error") is True,
    )


def _steps(data: Json, where: Where) -> tuple[Step, ...]:
    if not isinstance(data, list):
        return ()
    return tuple(
        Step(
            where=(*where, number),
            id=text_of(step.get("id")),
            uses=text_of(step.get("uses")),
            run=text_of(step.get("run")),
            condition=text_of(step.get("if")),
            inputs=texts_of(step.get("with")),
            env=texts_of(step.get("env")),
            may_fail=step.get("continue-on-error") is True,
        )
        for number, step in enumerate(data)
        if isinstance(step, dict)
    )
