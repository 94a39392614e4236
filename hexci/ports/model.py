"""A chat model, whoever serves it, and how one call of it fails."""

from typing import Protocol

from hexci.domain.agent.conversation import Reply, Request
from hexci.errors import ModelError


class ModelFault(ModelError):  # noqa: N818 - a fault is one call's; the run's error is ModelError
    """One call failed.

    `again`: another try may help, after `wait` seconds when the endpoint named them. `overflow`:
    the conversation is too long for the model. `charged`: the call may have been billed, though
    no usage was told.
    """

    def __init__(  # noqa: PLR0913 - flags, by keyword
        self,
        message: str,
        hint: str = "",
        *,
        again: bool = False,
        wait: float | None = None,
        overflow: bool = False,
        charged: bool = False,
    ) -> None:
        super().__init__(message, hint)
        self.again = again
        self.wait = wait
        self.overflow = overflow
        self.charged = charged


class ChatModel(Protocol):
    """One endpoint and model."""

    @property
    def name(self) -> str:
        """Its SPEC, such as `openai/gpt-x`."""
        ...

    def complete(self, request: Request) -> Reply:
        """One call, tried once. Raises ModelFault when it fails, ModelError when all would."""
        ...
