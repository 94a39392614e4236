"""The kinds of nodes, each with the arguments it takes."""

from typing import Annotated, Any, Literal

from pydantic import Field, JsonValue

from hexci.adapters.manifests.complaints import Strict
from hexci.adapters.manifests.parts import (
    Caps,
    Count,
    Flag,
    LimitsModel,
    Name,
    Reference,
    RetryModel,
    Seconds,
    Text,
    Word,
    Words,
)

OnError = Literal["stop", "continue"]
Type = Literal["string", "integer", "number", "boolean", "list", "object"]


class RunModel(Strict):
    """A command: no shell, a fresh clone of the commit, a scrubbed environment.

    No network either, unless asked for and granted (`net`).
    """

    argv: Annotated[tuple[Word, ...], Field(min_length=1, max_length=1000)]
    env: dict[Word, Text] = Field(default_factory=dict)
    parse: Literal["text", "json"] = "text"
    ok: tuple[int, ...] = (0,)
    network: Flag = False


class AgentModel(Strict):
    """What `hexci do` does."""

    task: Text = "make the evidence pass"
    evidence: Text | None = None
    mode: Annotated[str, Field(pattern=r"^(fix|feature|refactor|\$\{[^{}]*\})$")] = "fix"
    candidates: Words = ()
    files: Words = ()
    allow_edit: Words = ()
    protect: Words = ()
    base: Word = "HEAD"
    dry_run: Flag = False
    max_steps: Count | Reference | None = None
    seed: int | Reference = 0
    grant: Annotated[Words, Field(examples=[["net", "secret:OPENAI_API_KEY"]])] = ()


class GateModel(Strict):
    """What `hexci gate` does."""

    base: Word
    head: Word = "HEAD"
    evidence: Text | None = None
    mode: Annotated[str, Field(pattern=r"^(fix|feature|refactor|\$\{[^{}]*\})$")] = "fix"


class AnalyzeModel(Strict):
    """What `hexci analyze` does, on the run's commit."""

    since: Word | None = None
    track: Flag = False


class AdrModel(Strict):
    """What `hexci adr check` does, from `base` to the run's commit."""

    base: Word = "HEAD^"
    track: Flag = False


class ReviewModel(Strict):
    """What `hexci review` does: on what changed since `base`, or on the whole of `path`."""

    base: Word = "HEAD^"
    path: Word | None = None
    gate: Text | None = None
    lenses: Words = ()
    candidates: Words = ()
    track: Flag = False
    seed: int | Reference = 0


class CommentModel(Strict):
    """One comment, edited in place when the node runs again."""

    on: int | Reference
    body: Text


class PrModel(Strict):
    """One pull request for a branch of this repository."""

    head: Word
    base: Word = "main"
    title: Text
    body: Text = ""


class PublishModel(Strict):
    """One event on a topic: recorded in git, then repository_dispatch `hexci.TOPIC`."""

    topic: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)*$", max_length=100)]
    data: dict[Name, JsonValue] = Field(default_factory=dict)


class WaitModel(Strict):
    """Suspends the run until somebody with the right approves."""

    reason: Text = ""


class UseModel(Strict):
    """A macro's nodes in this place."""

    macro: Name
    inputs: dict[str, JsonValue] = Field(default_factory=dict, alias="with")


class BodyModel(Strict):
    """One node of exactly one kind."""

    run: RunModel | None = None
    agent: AgentModel | None = None
    gate: GateModel | None = None
    analyze: AnalyzeModel | None = None
    adr: AdrModel | None = None
    review: ReviewModel | None = None
    comment: CommentModel | None = None
    pr: PrModel | None = None
    publish: PublishModel | None = None


class ForeachModel(Strict):
    """One node for each item; `${item}` is the item, `${index}` its number from 0."""

    over: tuple[JsonValue, ...] | Reference
    do: BodyModel
    concurrency: Annotated[int, Field(ge=1, le=64)] = 4


class NodeModel(BodyModel):
    """A node: what it does, after which others, under what law."""

    wait: WaitModel | None = None
    foreach: ForeachModel | None = None
    use: UseModel | None = None
    needs: tuple[Name, ...] = ()
    when: Text = ""
    policy: Name | None = None
    retry: RetryModel | None = None
    timeout: Seconds | None = None
    attempt_timeout: Seconds | None = None
    on_error: OnError | None = None
    outputs: dict[Name, Type] = Field(default_factory=dict)
    caps: Caps | None = None
    limits: LimitsModel | None = None


KINDS = tuple(name for name in NodeModel.model_fields if name in {
    *BodyModel.model_fields, "wait", "foreach", "use",
})  # fmt: skip


def chosen(model: BodyModel) -> tuple[str, ...]:
    """The kinds that a node names; it should be one."""
    return tuple(name for name in KINDS if getattr(model, name, None) is not None)


def arguments_of(model: Any) -> dict[str, Any]:
    """A kind's arguments as plain data, defaults included."""
    plain: dict[str, Any] = model.model_dump(mode="json", by_alias=True)
    return plain
