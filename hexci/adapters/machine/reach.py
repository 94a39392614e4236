"""Which models could be used here: keys and packages, looked at without importing a package."""

import importlib.util
import os

from hexci.domain.reach import Reach


def look_for_openai() -> Reach:
    """An OpenAI-compatible endpoint: needs the package, a key, and the name of a model."""
    if importlib.util.find_spec("openai") is None:
        return Reach("", "pip install 'hexci[openai]'", "openai")
    if not os.environ.get("OPENAI_API_KEY"):
        return Reach("", "OPENAI_API_KEY is not set", "openai")
    model = os.environ.get("OPENAI_MODEL", "")
    if not model:
        return Reach("", "a key, but OPENAI_MODEL names no model", "openai")
    return Reach(f"openai/{model}", "OPENAI_API_KEY and OPENAI_MODEL are set")
