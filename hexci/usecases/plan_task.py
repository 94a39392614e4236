"""PLAN: what a run will do, from what was asked and what the base commit allows. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from hexci.domain.config import Config
from hexci.domain.evidence import EvidenceSpec
from hexci.domain.plan import AskedLimits, Event, Limits, Mode, PathRules, Plan, Trust
from hexci.errors import BadInputError

_SYMLINK = "120000"
DEFAULT_EVIDENCE = "default"
_MAX_SECONDS = 21_600.0


@dataclass(frozen=True, slots=True)
class TaskRequest:
    """What somebody asked for, before the base commit was looked at. None: not said.

    `law` is what whoever is above allows of paths: a pipeline's capabilities.
    """

    task: str
    event: Event
    evidence: str | None = None
    mode: Mode = Mode.FIX
    files: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    allow_edit: tuple[str, ...] = ()
    protect: tuple[str, ...] = ()
    limits: AskedLimits = field(default_factory=AskedLimits)
    law: PathRules = field(default_factory=PathRules)
    dry_run: bool = False
    trust: Trust = Trust.TRUSTED
    seed: int = 0
    attempt: int = 1
    notes: tuple[str, ...] = field(default=())


def plan_task(
    request: TaskRequest,
    *,
    config: Config,
    base_commit: str,
    base_tree: str,
    base_files: Mapping[str, str],
) -> Plan:
    """The plan. `base_files` maps every path of the base tree to its git mode.

    Values: last wins; limits: the smaller; allows: both; denies: either (design: config).
    Raises BadInputError for what cannot be planned.
    """
    if not request.task.strip():
        raise BadInputError("the task is empty", 'Say what to do: hexci do "fix the failing test"')
    return Plan(
        event=request.event,
        trust=request.trust,
        task=request.task.strip(),
        mode=request.mode,
        base_commit=base_commit,
        base_tree=base_tree,
        evidence=_evidence(request, config),
        files=tuple(_target(path, base_files) for path in request.files),
        candidates=request.candidates or config.candidates,
        limits=_limits(request.limits, config.limits),
        paths=config.paths.narrowed(request.law).narrowed(_asked_paths(request)),
        dry_run=request.dry_run,
        attempt=request.attempt,
        seed=request.seed,
        config_digest=config.digest,
        notes=request.notes,
    )


def _evidence(request: TaskRequest, config: Config) -> EvidenceSpec:
    asked = request.evidence if request.evidence is not None else DEFAULT_EVIDENCE
    if asked in config.evidence:
        return config.evidence[asked]
    if request.evidence is None:
        raise BadInputError(
            "no evidence command was given",
            'Say what proves the work: --evidence "pytest -q", or name one `default` in '
            ".hexci/config.yaml (hexci init).",
        )
    if not asked.strip():
        raise BadInputError("the evidence command is empty", 'Say --evidence "pytest -q".')
    if "\0" in asked:
        raise BadInputError("the evidence command contains a NUL byte")
    return EvidenceSpec(asked.strip())


def _target(path: str, base_files: Mapping[str, str]) -> str:
    """A `--file` as the tree spells it."""
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts or not pure.parts or "\0" in path:
        raise BadInputError(
            f"--file {path!r} is not a path below the repository root",
            "Give it relative to the root, without `..`.",
        )
    if pure.parts[0].casefold() == ".git":
        raise BadInputError(f"--file {path!r} is git's own", "Name a file of the project.")
    for place in (pure, *pure.parents):
        if base_files.get(str(place)) == _SYMLINK:
            raise BadInputError(
                f"--file {path!r} goes through the symbolic link {str(place)!r}",
                "Name the file that the link points to.",
            )
    return str(pure)


def _limits(asked: AskedLimits, config: AskedLimits) -> Limits:
    if asked.timeout is not None and not 0 < asked.timeout <= _MAX_SECONDS:
        said = f"{asked.timeout:g} is not between 0 and {_MAX_SECONDS:g} seconds"
        raise BadInputError(f"--timeout {said}")
    if asked.max_steps is not None and asked.max_steps < 1:
        raise BadInputError("--max-steps must be at least 1")
    if asked.max_usd is not None and not asked.max_usd >= 0:
        raise BadInputError("--max-usd must be 0 or more")
    for name, value in (("--max-tokens", asked.max_tokens), ("--max-calls", asked.max_calls)):
        if value is not None and value < 1:
            raise BadInputError(f"{name} must be at least 1")
    return asked.with_ceiling(config)


def _asked_paths(request: TaskRequest) -> PathRules:
    return PathRules((request.allow_edit,) if request.allow_edit else (), request.protect)
