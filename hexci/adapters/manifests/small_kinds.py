"""The kinds `Policy` and `Adapter`."""

from typing import Annotated, Literal

from pydantic import Field

from hexci.adapters.manifests.complaints import Strict
from hexci.adapters.manifests.node_kinds import OnError
from hexci.adapters.manifests.parts import Count, MetadataModel, RetryModel, Seconds, Word


class PolicySpec(Strict):
    """A way to carry nodes out."""

    retry: RetryModel | None = None
    timeout: Seconds | None = None
    attempt_timeout: Seconds | None = None
    on_error: OnError | None = None
    per_minute: Annotated[int, Field(ge=1, le=10_000)] | None = None
    approval: bool = False


class PolicyModel(Strict):
    """A named way to carry nodes out."""

    kind: Literal["Policy"]
    metadata: MetadataModel
    spec: PolicySpec


class ModelLimitsModel(Strict):
    """The most that all calls of one model may use in a run."""

    max_usd: Annotated[float, Field(ge=0, strict=False)] | None = None
    max_tokens: Count | None = None
    max_calls: Count | None = None


class AdapterSpec(Strict):
    """A candidate by its SPEC."""

    candidate: Word
    limits: ModelLimitsModel | None = None


class AdapterModel(Strict):
    """A named candidate."""

    kind: Literal["Adapter"]
    metadata: MetadataModel
    spec: AdapterSpec
