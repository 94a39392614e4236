"""`hexci validate` and `hexci lint` on files alone, without the command line's library.

A commit hook waits for these. Options, and every error, are left to the whole command line.
"""

import gc
import importlib
import os
import sys
from types import ModuleType
from typing import Any


def run_plainly(verb: str, files: list[str]) -> int | None:
    """Runs `hexci VERB FILES`; None when the command line has to do it (nothing printed)."""
    if any(file.startswith("-") or not file for file in files):
        return None
    gc.disable()  # many objects, no cycles among them, then the process ends: a tenth of the time
    # pydantic would look for plug-ins in every installed package: 20 ms, and they could run
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    _defer_entry_points()
    from hexci.compose import manifests

    try:
        outcome, text = manifests.check(files, "text", lint=verb == "lint")
    except Exception:  # noqa: BLE001 - the command line meets it again, and knows what to say
        return None
    sys.stdout.write(text)
    return outcome.exit_code


def _defer_entry_points() -> None:
    """Has `importlib.metadata` loaded when it is used, if ever.

    pydantic takes `entry_points` from it, with `email` and `zipfile` behind it, only to look for
    plug-ins. (importlib's own LazyLoader loads as soon as anybody writes `import`.)
    """
    name = "importlib.metadata"
    if name in sys.modules:
        return
    stand_in = ModuleType(name)

    def found(attribute: str) -> Any:
        if attribute.startswith("__"):  # the import system's own questions
            raise AttributeError(attribute)
        if sys.modules.get(name) is stand_in:
            del sys.modules[name]
        return getattr(importlib.import_module(name), attribute)

    def entry_points(**chosen: object) -> object:
        return found("entry_points")(**chosen)

    vars(stand_in).update({"__getattr__": found, "entry_points": entry_points})
    sys.modules[name] = stand_in
