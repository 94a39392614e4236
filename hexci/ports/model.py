"""A chat model, whoever serves it."""

from typing import Protocol

from hexci.domain.agent.conversation import Reply, Request


class ChatModel(Protocol):
    """One endpoint and model."""

    @property
    def name(self) -> str:
        """Its SPEC, such as `openai/gpt-x`."""
        ...

    def complete(self, request: Request) -> Reply:
        """One reply. Raises ModelError when the endpoint fails for good, with what to do."""
        ...
