"""What manifests of several kinds have in common, as models of their bytes."""

from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from hexci.adapters.manifests.complaints import Strict
from hexci.domain.law.caps import CapLayer, parse_cap
from hexci.domain.law.limits import Ceiling
from hexci.domain.manifests.pipeline import Conduct, Retry

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*([_-][a-z0-9]+)*$", max_length=64)]
Text = Annotated[str, StringConstraints(max_length=65_536)]
Word = Annotated[str, StringConstraints(min_length=1, max_length=4_096)]
Reference = Annotated[str, StringConstraints(pattern=r"^\$\{[^{}]*\}$", max_length=200)]
Seconds = Annotated[float, Field(gt=0, le=21_600, strict=False)]
Count = Annotated[int, Field(gt=0, le=1_000_000_000)]
Flag = bool | Reference
Words = tuple[Word, ...] | Reference
UNKNOWN_CAP = "unknown_capability"


def _known_cap(text: str) -> str:
    try:
        parse_cap(text)
    except ValueError as error:
        raise PydanticCustomError(UNKNOWN_CAP, "{said}", {"said": str(error)}) from error
    return text


CapText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200),
    AfterValidator(_known_cap),
    Field(examples=["llm", "spawn", "fs.write:src/**", "secret:API_KEY"]),
]


class MetadataModel(Strict):
    """What the document is called."""

    name: Name
    description: Text = ""
    labels: dict[str, str] = Field(default_factory=dict)


class CapsModel(Strict):
    """What may be done, and what may not whoever allows it."""

    allow: tuple[CapText, ...] | None = None
    deny: tuple[CapText, ...] = ()


Caps = tuple[CapText, ...] | CapsModel


class LimitsModel(Strict):
    """The most that may be used; merged with others to the smallest."""

    max_usd: Annotated[float, Field(ge=0, strict=False)] | None = None
    max_tokens: Count | None = None
    max_calls: Count | None = None
    max_tool_calls: Count | None = None
    max_files: Count | None = None
    max_lines: Count | None = None
    timeout: Seconds | None = None


class RetryModel(Strict):
    """How often a node is tried, and how patiently."""

    attempts: Annotated[int, Field(ge=1, le=20)] = 1
    wait: Annotated[float, Field(ge=0, le=3_600, strict=False)] = 1.0
    factor: Annotated[float, Field(ge=1, le=10, strict=False)] = 2.0
    on: tuple[Word, ...] = Retry().on


class InputModel(Strict):
    """One value that a pipeline or macro is given."""

    type: Annotated[str, Field(pattern="^(string|integer|number|boolean|list|object)$")] = "string"
    required: bool = False
    default: Any = None
    description: Text = ""


def ceiling_of(model: LimitsModel | None, origin: str) -> Ceiling:
    """The limits as the law has them."""
    if model is None:
        return Ceiling()
    return Ceiling(
        model.max_usd, model.max_tokens, model.max_calls, model.max_tool_calls, model.max_files,
        model.max_lines, model.timeout, origin,
    )  # fmt: skip


def layer_of(caps: Caps | None, origin: str) -> CapLayer | None:
    """The capabilities as the law has them."""
    if caps is None:
        return None
    if isinstance(caps, CapsModel):
        allow = None if caps.allow is None else tuple(map(parse_cap, caps.allow))
        return CapLayer(origin, allow, tuple(map(parse_cap, caps.deny)))
    return CapLayer(origin, tuple(map(parse_cap, caps)))


def conduct_of(
    retry: RetryModel | None, timeout: float | None, attempt: float | None, on_error: str | None
) -> Conduct | None:
    """How a node is carried out; None where nothing is said."""
    if retry is None and timeout is None and attempt is None and on_error is None:
        return None
    patience = Retry(retry.attempts, retry.wait, retry.factor, retry.on) if retry else Retry()
    return Conduct(patience, timeout, attempt, on_error or "stop")
