"""Import shadows: a new file that Python would import in the place of a module that exists."""

import sys
from collections.abc import Collection
from pathlib import PurePosixPath

_ROOTS = frozenset({"", "src", "lib", "python", "source"})
_TEST_LIBRARIES = frozenset({
    "pytest", "_pytest", "pluggy", "iniconfig", "packaging", "py", "xdist", "pytest_xdist",
    "pytest_asyncio", "pytest_mock", "pytest_cov", "pytest_timeout", "pytest_randomly",
    "pytest_django", "hypothesis", "_hypothesis_pytestplugin", "coverage", "mock", "nose", "nose2",
    "attr", "attrs", "freezegun", "time_machine", "responses", "respx", "factory", "faker",
    "testtools", "parameterized", "behave", "robot", "trio", "anyio", "sniffio", "exceptiongroup",
    "tomli", "colorama", "pygments", "execnet", "numpy", "pandas", "sortedcontainers", "six",
    "sitecustomize", "usercustomize", "django", "setuptools", "pip", "pkg_resources",
})  # fmt: skip


def shadow_fault(path: str, before: Collection[str], after: Collection[str]) -> str:
    """Which existing module the new file `path` would hide, empty when none.

    `before` and `after` are all paths of the base tree and of the candidate's.
    """
    pure = PurePosixPath(path)
    if pure.suffix not in (".py", ".so", ".pyd", ".pyi", ".pyc") or pure.suffix == ".pyi":
        return ""
    root, name = _import_name(pure, after)
    if root not in _ROOTS and _holds_tests(root, after) and _own_module(name, before):
        return f"would be imported in the place of the project's own `{name}`"
    if not (name in sys.stdlib_module_names or name in _TEST_LIBRARIES or _of_runner(name)):
        return ""
    stem = f"{root}/{name}" if root else name
    if any(p == f"{stem}.py" or p.startswith(f"{stem}/") for p in before):
        return ""  # the module of that name is the project's own
    if root in _ROOTS or _holds_tests(root, after):
        return f"would be imported in the place of the module `{name}`"
    return ""


def _own_module(name: str, before: Collection[str]) -> bool:
    stems = [f"{root}/{name}" if root else name for root in _ROOTS]
    return any(f"{s}.py" in before or f"{s}/__init__.py" in before for s in stems)


def _of_runner(name: str) -> bool:
    return name.startswith(("pytest", "_pytest", "hypothesis", "_hypothesis", "_virtualenv"))


def _import_name(pure: PurePosixPath, after: Collection[str]) -> tuple[str, str]:
    place, name = pure.parent, pure.name.partition(".")[0]
    while str(place) != "." and f"{place}/__init__.py" in after:
        name, place = place.name, place.parent
    return ("" if str(place) == "." else str(place)), name


def _holds_tests(root: str, after: Collection[str]) -> bool:
    names = [p[len(root) + 1 :] for p in after if p.startswith(f"{root}/")]
    return any(
        "/" not in name and (name.startswith(("test_", "conftest.")) or name.endswith("_test.py"))
        for name in names
    )
