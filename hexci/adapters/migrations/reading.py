"""Another tool's config as `.hexci/boundaries.yaml`. What has no counterpart is said, not lost."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from hexci.domain.canonical import Json
from hexci.errors import BadInputError

# tool → (module, the files it is configured in, in its own order)
_TOOLS = {
    "import-linter": ("import_linter", ("setup.cfg", ".importlinter", "pyproject.toml")),
    "tach": ("tach", ("tach.toml",)),
    "dependency-cruiser": (
        "dependency_cruiser",
        (".dependency-cruiser.json", ".dependency-cruiser.js", ".dependency-cruiser.cjs",
         ".dependency-cruiser.mjs"),
    ),
    "deptrac": ("deptrac", ("deptrac.yaml", "deptrac.yml", "deptrac.dist.yaml")),
}  # fmt: skip


@dataclass(slots=True)
class Proposal:
    """The spec as plain data, and what could not be said in it."""

    spec: dict[str, Json] = field(default_factory=dict)
    rules: list[Json] = field(default_factory=list)
    ignores: list[Json] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


class _Plain(yaml.SafeDumper):
    """Writes everything out: our own reader takes no anchors."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        """Never an alias."""
        return True


def boundaries_from(tool: str, root: str) -> str:
    """The YAML. Raises BadInputError when `root` has no config of that tool."""
    module_name, files = _TOOLS[tool]
    module = importlib.import_module(f"hexci.adapters.migrations.{module_name}")
    read: Callable[[str, bytes], Proposal | None] = module.read
    for name in files:
        path = Path(root) / name
        if path.is_file():
            proposal = read(name, path.read_bytes())
            if proposal is not None:
                return _yaml(tool, name, proposal)
    raise BadInputError(f"{root} has no config of {tool}", f"Looked for: {', '.join(files)}")


def _yaml(tool: str, name: str, proposal: Proposal) -> str:
    spec: dict[str, Json] = {**proposal.spec, "rules": proposal.rules}
    if proposal.ignores:
        spec["ignores"] = proposal.ignores
    lines = [f"# Made from {tool}'s {name} by `hexci analyze --import {tool}`."]
    lines += [f"# Left out: {' '.join(text.split())}" for text in proposal.left_out]
    whole = {"kind": "Boundaries", "spec": spec}
    body = yaml.dump(whole, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=100)
    return "\n".join(lines) + "\n" + body
