"""`hexci validate` and `hexci lint` on files alone, without the command line's library.

A commit hook waits for these. Options, and every error, are left to the whole command line.
"""

import gc
import importlib.util
import os
import sys


def run_plainly(verb: str, files: list[str]) -> int | None:
    """Runs `hexci VERB FILES`; None when the command line has to do it (nothing printed)."""
    if any(file.startswith("-") or not file for file in files):
        return None
    gc.disable()  # many objects, no cycles among them, then the process ends: a tenth of the time
    # pydantic would look for plug-ins in every installed package: 20 ms, and they could run
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    _defer("importlib.metadata")
    from hexci.compose import manifests

    try:
        outcome, text = manifests.check(files, "text", lint=verb == "lint")
    except Exception:  # noqa: BLE001 - the command line meets it again, and knows what to say
        return None
    sys.stdout.write(text)
    return outcome.exit_code


def _defer(name: str) -> None:
    """Has a module of the standard library loaded when something in it is used, if ever.

    pydantic imports this one, with `email` and `zipfile` behind it, to look for plug-ins only.
    """
    spec = None if name in sys.modules else importlib.util.find_spec(name)
    if spec is None or spec.loader is None:
        return
    loader = importlib.util.LazyLoader(spec.loader)
    spec.loader = loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    loader.exec_module(module)
