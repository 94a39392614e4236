"""Lock files may follow a manifest: entries are added, none that is there is changed."""

import json
import re
import tomllib
from collections import Counter
from pathlib import PurePosixPath

# lock file → the manifests beside it whose dependencies it pins
_MANIFESTS = {
    "package-lock.json": "package.json", "npm-shrinkwrap.json": "package.json",
    "yarn.lock": "package.json", "pnpm-lock.yaml": "package.json", "bun.lock": "package.json",
    "poetry.lock": "pyproject.toml", "uv.lock": "pyproject.toml", "pdm.lock": "pyproject.toml",
    "Cargo.lock": "Cargo.toml", "go.sum": "go.mod", "composer.lock": "composer.json",
}  # fmt: skip


def lock_fault(path: str, before: bytes | None, after: bytes | None, touched: set[str]) -> str:
    """Why this change of a lock file is refused; `touched` are all paths of the change."""
    pure = PurePosixPath(path)
    manifest = str(pure.with_name(_MANIFESTS.get(pure.name, "") or "?"))
    if manifest not in touched:
        return "pins what the evidence runs with, and no manifest beside it changes"
    if after is None:
        return "pins what the evidence runs with; it may not be deleted"
    try:
        old, new = _pins(pure.name, before or b""), _pins(pure.name, after)
    except ValueError as error:
        return f"cannot be read: {error}".splitlines()[0]
    lost = next(iter(sorted((old - new).elements())), "")
    return f"changes what is pinned already: {lost[:120]}" if lost else ""


def _pins(name: str, content: bytes) -> Counter[str]:
    text = content.decode()
    if name.endswith(".json") and text.strip():
        packages = json.loads(text).get("packages", {})
        return Counter(
            f"{key} {json.dumps(value, sort_keys=True)}" for key, value in packages.items() if key
        )
    if name in ("poetry.lock", "uv.lock", "pdm.lock", "Cargo.lock"):
        packages = tomllib.loads(text).get("package", [])
        return Counter(_identity(package) for package in packages)
    if name == "go.sum":
        return Counter(line for line in text.splitlines() if line.strip())
    return Counter(block.strip() for block in re.split(r"\n\s*\n", text) if block.strip())


def _identity(package: dict[str, object]) -> str:
    kept = {k: package.get(k) for k in ("name", "version", "source", "checksum", "files", "wheels")}
    # the project's own entry has no source to be redirected, and its dependencies may grow
    return json.dumps(kept, sort_keys=True, default=str)
