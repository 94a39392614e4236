"""`.hexci/config.yaml`: the kind `Config`, read strictly."""

from typing import Annotated, Literal

from pydantic import Field

from hexci.adapters.manifests.complaints import Strict, validated
from hexci.adapters.manifests.governance_parts import (
    GovernanceModel,
    MachineModel,
    governance_of,
    machines_of,
    unknown_states,
)
from hexci.adapters.manifests.ledger_config import ledger_part
from hexci.adapters.manifests.parts import Caps, Name, layer_of
from hexci.adapters.manifests.yaml_nodes import read
from hexci.domain.asking.quota import Quota
from hexci.domain.canonical import digest
from hexci.domain.config import Config
from hexci.domain.config_path import CONFIG_PATH
from hexci.domain.evidence import EvidenceSpec
from hexci.domain.plan import AskedLimits, PathRules
from hexci.errors import BadInputError

Seconds = Annotated[float, Field(gt=0, le=21_600, strict=False)]
Glob = Annotated[str, Field(min_length=1)]


class EvidenceModel(Strict):
    """One evidence command."""

    command: Annotated[str, Field(min_length=1)]
    timeout: Seconds = 600.0
    report: str = ""


class LimitsModel(Strict):
    """What a run may use."""

    timeout: Seconds | None = None
    max_steps: Annotated[int, Field(gt=0, le=1000)] | None = None
    max_usd: Annotated[float, Field(ge=0, strict=False)] | None = None
    max_tokens: Annotated[int, Field(gt=0)] | None = None
    max_calls: Annotated[int, Field(gt=0)] | None = None
    max_tool_calls: Annotated[int, Field(gt=0)] | None = None
    max_files: Annotated[int, Field(gt=0)] | None = None
    max_lines: Annotated[int, Field(gt=0)] | None = None


class PathsModel(Strict):
    """Globs that widen or narrow what a change may touch."""

    allow_edit: tuple[Glob, ...] = ()
    protect: tuple[Glob, ...] = ()


class QuotaModel(Strict):
    """What may be asked for under issues and pull requests in one day (UTC)."""

    actor_runs: Annotated[int, Field(ge=0)] | None = 20
    all_runs: Annotated[int, Field(ge=0)] | None = 100
    actor_usd: Annotated[float, Field(ge=0, strict=False)] | None = None
    all_usd: Annotated[float, Field(ge=0, strict=False)] | None = None


class SpecModel(Strict):
    """The settings themselves."""

    evidence: dict[str, EvidenceModel] = Field(default_factory=dict)
    candidates: tuple[str, ...] = ()
    limits: LimitsModel = LimitsModel()
    paths: PathsModel = PathsModel()
    require_account: bool | None = None
    quota: QuotaModel = QuotaModel()
    caps: Caps | None = None
    governance: GovernanceModel = GovernanceModel()
    entities: dict[Name, MachineModel] = Field(default_factory=dict)
    ledger: dict[str, object] = Field(default_factory=dict)  # read by ledger_config


class ConfigModel(Strict):
    """The whole document."""

    kind: Literal["Config"]
    metadata: dict[str, str] = Field(default_factory=dict)
    spec: SpecModel = SpecModel()


def parse_config(text: bytes, name: str = CONFIG_PATH) -> Config:
    """The config in `text`. Raises BadInputError with `file:line:col` for every problem."""
    document = read(text, name)
    spec = validated(ConfigModel, document).spec
    ledger_part(document)
    for kind, machine in spec.entities.items():
        said = unknown_states(kind, machine)
        if said:
            raise BadInputError(f"{document.at(('spec', 'entities', kind))}: {said}")
    return Config(
        evidence={
            key: EvidenceSpec(item.command, item.timeout, item.report)
            for key, item in spec.evidence.items()
        },
        candidates=spec.candidates,
        limits=AskedLimits(**spec.limits.model_dump()),
        paths=PathRules(
            (spec.paths.allow_edit,) if spec.paths.allow_edit else (), spec.paths.protect
        ),
        require_account=spec.require_account,
        quota=Quota(**spec.quota.model_dump()),
        caps=layer_of(spec.caps, name),
        governance=governance_of(spec.governance),
        machines=machines_of(spec.entities),
        digest=digest(text),
    )
