"""What a search needs inside a room: our program, and hypothesis where that Python has none."""

import json
import re
from collections.abc import Mapping
from importlib import metadata, resources

from hexci.domain.canonical import Json

# Where the library lies in a room; a name that no project has.
LIBRARY = ".hexci-library"
_PACKAGES = ("hypothesis", "sortedcontainers")
_ENDINGS = (".py", ".so", ".pyd")
# searches that let hypothesis draw their input
_DRAWING = ("crashes", "roundtrips", "answers")
_ORDERS = re.compile(r"^ORDERS = .*$", re.MULTILINE)


class HypothesisKit:
    """Brings hexci's own hypothesis along; it is used only where the gate's Python has none."""

    def files(self, path: str, orders: Mapping[str, Json]) -> dict[str, bytes]:
        """Room path → content, the search at `path` with its `orders`."""
        inside = resources.files("hexci.adapters.fuzzing").joinpath("inside")
        source = inside.joinpath("search.py")
        literal = json.dumps(json.dumps({**orders, "library": LIBRARY}))
        text = _ORDERS.sub(
            lambda _: f"ORDERS = json.loads({literal})", source.read_text("utf-8"), count=1
        )
        modules = {
            f"{LIBRARY}/hexci_{file.name}": file.read_bytes()
            for file in inside.iterdir()
            if file.name.endswith(".py") and file.name not in {"search.py", "__init__.py"}
        }
        needed = _library() if orders["search"] in _DRAWING else {}
        return {path: text.encode(), **modules, **needed}


def _library() -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for package in _PACKAGES:
        try:
            files = metadata.files(package) or []
        except metadata.PackageNotFoundError:
            return {}
        for file in files:
            if file.suffix in _ENDINGS and ".." not in file.parts:
                found[f"{LIBRARY}/{file.as_posix()}"] = file.read_binary()
    return found
