"""Manifests are production and harness at once: judged by section, parsed, never by line."""

import ast
import configparser
import json
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from hexci.domain.canonical import Json, plain

Tree = dict[str, "Json"]

# What may change, as dotted paths (`*`: any one key). Everything else must stay as it is.
_PYPROJECT = (
    "project.dependencies", "project.optional-dependencies", "project.version", "project.name",
    "project.description", "project.readme", "project.license", "project.license-files",
    "project.authors", "project.maintainers", "project.keywords", "project.classifiers",
    "project.urls", "project.scripts", "project.gui-scripts", "project.requires-python",
    "dependency-groups", "tool.ruff", "tool.black", "tool.mypy", "tool.isort", "tool.flake8",
    "tool.pylint", "tool.pyright", "tool.bandit", "tool.towncrier", "tool.commitizen",
    "tool.poetry.dependencies", "tool.poetry.dev-dependencies", "tool.poetry.group",
    "tool.poetry.extras", "tool.poetry.version", "tool.poetry.description", "tool.poetry.authors",
    "tool.poetry.scripts", "tool.pdm.dev-dependencies", "tool.uv.dev-dependencies",
)  # fmt: skip
_PACKAGE_JSON = (
    "dependencies", "devDependencies", "peerDependencies", "optionalDependencies", "version",
    "description", "keywords", "author", "contributors", "license", "homepage", "bugs",
    "repository", "files", "main", "module", "types", "typings", "exports", "bin", "engines",
    "funding", "sideEffects", "peerDependenciesMeta", "eslintConfig", "prettier", "private", "name",
)  # fmt: skip
_CARGO = (
    "dependencies", "dev-dependencies", "features", "target.*.dependencies",
    "target.*.dev-dependencies", "package.version", "package.description", "package.license",
    "package.authors", "package.keywords", "package.categories", "package.repository",
    "package.homepage", "package.documentation", "package.readme", "package.rust-version",
    "lints", "badges",
)  # fmt: skip
_SETUP_CFG = (
    "metadata", "options.install_requires", "options.python_requires", "options.packages",
    "options.include_package_data", "options.zip_safe", "options.extras_require",
    "options.package_data", "options.packages.find", "flake8", "mypy", "isort", "pylint",
    "bdist_wheel", "pycodestyle", "pydocstyle",
)  # fmt: skip
_TOX = ("flake8", "mypy", "isort", "pycodestyle", "pydocstyle", "pylint")
_SETUP_PY = frozenset({
    "install_requires", "extras_require", "version", "description", "classifiers", "keywords",
    "python_requires", "author", "author_email", "url", "license", "long_description", "packages",
    "package_data", "project_urls", "maintainer", "maintainer_email",
})  # fmt: skip
_COMPOSER = ("require", "description", "version", "license", "authors", "keywords", "autoload")

# A dependency that is not a version of the package of that name: another package in its place.
_REDIRECTED = re.compile(r"^(?:file|link|portal|workspace|npm|git|git\+.*|github|https?|patch):")


def manifest_fault(path: str, before: bytes | None, after: bytes | None) -> str:
    """Why this change of a manifest is refused, empty when it touches free sections only."""
    if after is None:
        return "configures the evidence; it may not be deleted"
    name = PurePosixPath(path).name.casefold()
    name = {form.casefold(): form for form in _FORMS}.get(name, name)
    if name not in _FORMS:
        return "configures the evidence"
    parse, free = _FORMS[name]
    try:
        old = parse(before.decode()) if before is not None else {}
        new = parse(after.decode())
    except (ValueError, SyntaxError, configparser.Error) as error:
        return f"cannot be read: {error}".splitlines()[0]
    touched = _changed(_locked(old, free), _locked(new, free))
    if touched:
        return f"changes [{touched}], which configures the evidence"
    return _redirection(old, new)


def _locked(tree: Tree, free: tuple[str, ...]) -> Mapping[str, Json]:
    """Dotted leaf paths and values of all that may not change."""
    patterns = [re.compile(_dotted(entry)) for entry in free]
    return {
        dotted: value
        for dotted, value in _leaves(tree)
        if not any(p.fullmatch(dotted) for p in patterns)
    }


def _dotted(entry: str) -> str:
    return (
        r"\.".join(r"[^\0]*?" if k == "*" else re.escape(k) for k in entry.split("."))
        + r"(?:\..*)?"
    )


def _leaves(tree: Json, prefix: str = "") -> list[tuple[str, Json]]:
    if not isinstance(tree, dict):
        return [(prefix, tree)]
    if not tree and prefix:
        return []
    return [
        leaf
        for key, value in tree.items()
        for leaf in _leaves(value, f"{prefix}.{key}" if prefix else key)
    ]


def _changed(old: Mapping[str, Json], new: Mapping[str, Json]) -> str:
    return next(
        (key for key in sorted({*old, *new}) if old.get(key, _ABSENT) != new.get(key, _ABSENT)), ""
    )


_ABSENT = "\0absent"


def _redirection(old: Tree, new: Tree) -> str:
    before = dict(_leaves(old))
    for dotted, value in _leaves(new):
        text = value if isinstance(value, str) else ""
        if "ependencies." not in dotted or before.get(dotted) == value:
            continue
        if _REDIRECTED.match(text) or dotted.endswith((".path", ".git", ".package", ".registry")):
            return f"puts something else in the place of a dependency ({dotted})"
    return ""


def _toml(text: str) -> Tree:
    return _as_tree(tomllib.loads(text))


def _json(text: str) -> Tree:
    return _as_tree(json.loads(text))


def _ini(text: str) -> Tree:
    parser = configparser.RawConfigParser(strict=True)
    parser.read_string(text)
    return {section: dict(parser.items(section)) for section in parser.sections()}


def _setup_py(text: str) -> Tree:
    """The syntax of the script, without what `setup()` says about dependencies and the version."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("setup"):
            node.keywords = [k for k in node.keywords if k.arg not in _SETUP_PY or _acts(k.value)]
    return {"script": ast.dump(tree)}


def _acts(value: ast.expr) -> bool:
    """Whether an argument is more than literals and plain names."""
    return any(isinstance(n, ast.Call | ast.Lambda) for n in ast.walk(value))


def _go_mod(text: str) -> Tree:
    """Directives but `require`, which may change freely."""
    lines, block, found = text.splitlines(), "", []
    for line in (raw.partition("//")[0].strip() for raw in lines):
        if block:
            if line == ")":
                block = ""
            elif block != "require" and line:
                found.append(f"{block} {line}")
        elif line.endswith("("):
            block = line[:-1].strip()
        elif line and not line.startswith("require "):
            found.append(line)
    return {"directives": plain(found)}


def _as_tree(value: object) -> Tree:
    body = plain(json.loads(json.dumps(value, default=str)))
    if not isinstance(body, dict):
        raise ValueError("is not a table of settings")  # noqa: TRY004 - the content is at fault
    return body


_FORMS: dict[str, tuple[Callable[[str], Tree], tuple[str, ...]]] = {
    "pyproject.toml": (_toml, _PYPROJECT),
    "Cargo.toml": (_toml, _CARGO),
    "package.json": (_json, _PACKAGE_JSON),
    "composer.json": (_json, _COMPOSER),
    "setup.cfg": (_ini, _SETUP_CFG),
    "setup.py": (_setup_py, ()),
    "tox.ini": (_ini, _TOX),
    "go.mod": (_go_mod, ()),
}
