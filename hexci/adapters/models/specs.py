"""Which model a SPEC names, with the address and the key that the environment has for it."""

import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from hexci.domain.agent.conversation import Reply, Request
from hexci.errors import BadInputError, ModelError
from hexci.ports.model import ChatModel

OPENAI = "https://api.openai.com/v1"
ANTHROPIC = "https://api.anthropic.com"
OLLAMA = "http://127.0.0.1:11434"
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Keyless:
    """A model whose key is missing: every call says which variable to set."""

    name: str
    variable: str

    def complete(self, request: Request) -> Reply:  # noqa: ARG002
        """Raises ModelError."""
        raise ModelError(f"{self.name} has no key", f"Set the variable {self.variable}.")


def is_model(spec: str) -> bool:
    """Whether `spec` names a chat model."""
    kind, _, model = spec.partition("/")
    return _is_local(spec) or (kind in _KINDS and bool(model))


def chat_model(spec: str) -> ChatModel:
    """The model that `spec` names; nothing is called yet, and a missing key is told by the call."""
    if _is_local(spec):
        from hexci.adapters.models.local_chat import LocalChat  # noqa: PLC0415

        return LocalChat(spec)
    kind, _, model = spec.partition("/")
    return _KINDS[kind](spec, model)


def host_of(spec: str) -> str:
    """The host that asking `spec` reaches; empty for one that reaches none."""
    kind = spec.partition("/")[0]
    if kind not in _ADDRESSES:
        return ""
    variable, usual = _ADDRESSES[kind]
    address = ollama_address() if kind == "ollama" else os.environ.get(variable, "") or usual
    return urlsplit(address).hostname or ""


def _is_local(spec: str) -> bool:
    return spec == "local" or spec.startswith("local:")


def ollama_address() -> str:
    """Where Ollama is: OLLAMA_HOST in its own spelling (`host:port`, or an address)."""
    said = os.environ.get("OLLAMA_HOST", "") or OLLAMA
    address = said if "://" in said else f"http://{said}"
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise BadInputError(f"OLLAMA_HOST={said} is no address") from error
    # 0.0.0.0 is where a server listens, not where one asks
    host = "127.0.0.1" if host in {None, "0.0.0.0"} else host  # noqa: S104
    return f"{parts.scheme}://{host}:{port or 11434}"


def _openai(spec: str, model: str) -> ChatModel:
    from hexci.adapters.models.openai_chat import OpenAIChat  # noqa: PLC0415

    base = os.environ.get("OPENAI_BASE_URL", "") or OPENAI
    key = os.environ.get("OPENAI_API_KEY", "")
    if not key and urlsplit(base).hostname not in _LOOPBACK:
        return Keyless(spec, "OPENAI_API_KEY")
    return OpenAIChat(spec, model, base, key or "none", "OPENAI_API_KEY")


def _ollama(spec: str, model: str) -> ChatModel:
    from hexci.adapters.models.openai_chat import OpenAIChat  # noqa: PLC0415

    return OpenAIChat(spec, model, f"{ollama_address()}/v1", "ollama", "OLLAMA_HOST")


def _anthropic(spec: str, model: str) -> ChatModel:
    from hexci.adapters.models.anthropic_chat import AnthropicChat  # noqa: PLC0415

    key = os.environ.get("ANTHROPIC_API_KEY", "")
    if not key:
        return Keyless(spec, "ANTHROPIC_API_KEY")
    return AnthropicChat(model, os.environ.get("ANTHROPIC_BASE_URL", "") or ANTHROPIC, key)


_KINDS = {"openai": _openai, "ollama": _ollama, "anthropic": _anthropic}
# kind of SPEC → the variable that moves it, and where it is without
_ADDRESSES = {
    "openai": ("OPENAI_BASE_URL", OPENAI),
    "anthropic": ("ANTHROPIC_BASE_URL", ANTHROPIC),
    "claude-code": ("ANTHROPIC_BASE_URL", ANTHROPIC),
    "ollama": ("OLLAMA_HOST", OLLAMA),
}
