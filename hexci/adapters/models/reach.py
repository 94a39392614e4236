"""Which models could be used here without being named: keys, a server, a login. Looks, no calls."""

import json
import os
import shutil
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

from hexci.adapters.models.specs import ollama_address
from hexci.domain.reach import Reach
from hexci.errors import BadInputError

# Seconds for a server on this machine to say that it is there.
_KNOCK = 0.5


def reachable_models() -> tuple[Reach, ...]:
    """Each kind of model in the order in which it would be tried, and why (not)."""
    return (
        _by_key("openai", "OPENAI_API_KEY", "OPENAI_MODEL"),
        _by_key("anthropic", "ANTHROPIC_API_KEY", "ANTHROPIC_MODEL"),
        _ollama(),
        _claude(),
    )


def _by_key(kind: str, key: str, model: str) -> Reach:
    if not os.environ.get(key):
        return Reach("", f"{key} is not set", kind)
    named = os.environ.get(model, "")
    if not named:
        return Reach("", f"a key, but {model} names no model", kind)
    return Reach(f"{kind}/{named}", f"{key} and {model} are set", kind)


def _ollama() -> Reach:
    try:
        address = ollama_address()
    except BadInputError as error:
        return Reach("", error.message, "ollama")
    try:
        models = _models_of(address)
    except (OSError, HTTPException, ValueError, AttributeError):
        return Reach("", f"nothing answers at {address}", "ollama")
    if not models:
        return Reach("", f"{address} has no model: ollama pull MODEL", "ollama")
    return Reach(f"ollama/{models[0]}", f"{address} has {len(models)} models", "ollama")


def _models_of(address: str) -> list[str]:
    parts = urlsplit(address)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(str(parts.hostname), parts.port, timeout=_KNOCK)
    try:
        connection.request("GET", "/api/tags")
        body = json.loads(connection.getresponse().read(2**20))
    finally:
        connection.close()
    return sorted(str(m.get("name")) for m in body.get("models", []) if m.get("name"))


def _claude() -> Reach:
    if shutil.which("claude") is None:
        return Reach("", "no `claude` on PATH", "claude-code")
    configured = os.environ.get("CLAUDE_CONFIG_DIR", "")
    folder = Path(configured) if configured else Path.home() / ".claude"
    signs = [name for name in ("ANTHROPIC_API_KEY", "CLAUDE_CODE_OAUTH_TOKEN")
             if os.environ.get(name)]  # fmt: skip
    if (folder / ".credentials.json").is_file():
        signs.append(f"a login in {folder}")
    if not signs:
        return Reach("", "`claude` is there, but nobody is logged in: run it once", "claude-code")
    return Reach("claude-code", f"`claude` on PATH, {signs[0]}", "claude-code")
