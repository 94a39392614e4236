"""Whether a reproducer may speak at all: it calls the code and changes nothing of it.

Read from its syntax tree; nothing is run here. What this cannot see (code that is rewritten on
disk, a result that is forged) the run in a clean clone shows.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

_PATCHING_FIXTURES = {"monkeypatch", "mocker", "mock", "class_mocker", "session_mocker"}
_PATCHING_MODULES = {"mock", "unittest.mock", "pytest_mock", "ctypes", "imp", "builtins",
                     "flexmock", "gorilla", "wrapt", "forbiddenfruit"}  # fmt: skip
_PATCHING_CALLS = {"setattr", "delattr", "exec", "eval", "compile", "globals", "vars",
                   "__import__", "breakpoint"}  # fmt: skip
_PATCHING_PARTS = {
    "sys": {"_getframe", "settrace", "setprofile", "modules", "meta_path", "path_hooks"},
    "importlib": {"reload", "util", "machinery"},
}
_INNARDS = {"__dict__", "__globals__", "__code__", "__class__", "__builtins__"}


@dataclass(frozen=True, slots=True)
class Reproducer:
    """A test file that was read."""

    tree: ast.Module
    imported: frozenset[str]
    own: frozenset[str]


def objection(text: str, path: str, files: frozenset[str]) -> str:
    """Why a test file can prove nothing of the code at `path`; empty where it may speak.

    `files` are all paths of the repository: they tell which imports are its own.
    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError) as error:
        return f"the reproducer is not Python: {error}"
    if not list(tests_in(tree)):
        return "the reproducer holds no test"
    read = Reproducer(tree, _imported(tree), own_names(text, files))
    return _calls_nothing(read, path) or _patches(read) or _reaches_in(read)


def tests_in(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The test functions of a file, those of classes too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith(
            "test"
        ):
            yield node


def _imports(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """(module, bound name) of every import."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, alias.asname or alias.name.partition(".")[0]
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            for alias in node.names:
                yield f"{module}:{alias.name}", alias.asname or alias.name


def _imported(tree: ast.Module) -> frozenset[str]:
    return frozenset(bound for _, bound in _imports(tree))


def own_names(text: str, files: frozenset[str]) -> frozenset[str]:
    """The names in a test file that it imports from the repository with these paths."""
    tree = ast.parse(text)
    return frozenset(
        bound for module, bound in _imports(tree) if _is_own(module.partition(":")[0], files)
    )


def _is_own(module: str, files: frozenset[str]) -> bool:
    if module.startswith("."):
        return True
    inner = module.replace(".", "/")
    ends = (f"{inner}.py", f"{inner}/__init__.py")
    return any(path in ends or path.endswith(tuple(f"/{end}" for end in ends)) for path in files)


def _calls_nothing(read: Reproducer, path: str) -> str:
    if not read.own:
        return "the reproducer imports nothing of the repository"
    packages = _packages_of(path)
    reached = {
        module.partition(":")[0].lstrip(".").partition(".")[0]
        for module, bound in _imports(read.tree)
        if bound in read.own
    }
    relative = any(module.startswith(".") for module, _ in _imports(read.tree))
    if not relative and not reached & packages:
        return f"the reproducer imports nothing of what {path} belongs to"
    used = {name for part in _speaking(read.tree) for name in _names_in(part)}
    helpers = _helpers_that_use(read.tree, read.own)
    if not used & (read.own | helpers):
        return "no test of the reproducer uses what it imports of the repository"
    return ""


def _speaking(tree: ast.Module) -> Iterator[ast.stmt]:
    """Test functions, and whole classes of them with what sets them up."""
    for node in tree.body:
        if next(tests_in(node), None) is not None:
            yield node


def _packages_of(path: str) -> set[str]:
    """First names under which the module at `path` can be imported, whatever the source root."""
    parts = PurePosixPath(path).with_suffix("").parts
    return set(parts)


def _helpers_that_use(tree: ast.Module, own: frozenset[str]) -> set[str]:
    """Names defined in the file whose definition uses the repository's names, step by step."""
    found: set[str] = set()
    while True:
        new = {
            name
            for node in tree.body
            for name in _defined_by(node)
            if name not in found and _names_in(node) & (own | found)
        }
        if not new:
            return found
        found |= new


def _defined_by(node: ast.stmt) -> tuple[str, ...]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return (node.name,)
    if isinstance(node, ast.Assign):
        return tuple(t.id for t in node.targets if isinstance(t, ast.Name))
    return ()


def _names_in(node: ast.AST) -> set[str]:
    """Names that are read, and arguments: those of a test are fixtures."""
    names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    return names | {n.arg for n in ast.walk(node) if isinstance(n, ast.arg)}


def _patches(read: Reproducer) -> str:
    for module, _ in _imports(read.tree):
        if {module.partition(":")[0], module.replace(":", ".")} & _PATCHING_MODULES:
            return f"the reproducer may patch the code: it imports {module.replace(':', '.')}"
    for node in ast.walk(read.tree):
        said = _patching(node, read)
        if said:
            return f"line {getattr(node, 'lineno', 0)} of the reproducer {said}"
    return ""


def _patching(node: ast.AST, read: Reproducer) -> str:
    match node:
        case ast.arg(arg=name) if name in _PATCHING_FIXTURES:
            return f"asks for `{name}`, which patches"
        case ast.Call(func=ast.Name(id=name)) if name in _PATCHING_CALLS:
            return f"calls {name}(), which can patch the code"
        case ast.Attribute(attr=name) if name in _PATCHING_PARTS.get(_root(node), ()):
            return f"uses {_root(node)}.{name}, which can patch the code"
        case ast.Attribute(attr=name) if name in _INNARDS:
            return f"reaches into {name}"
        case ast.Attribute(ctx=ast.Store() | ast.Del()) if _root(node) in read.imported:
            return "changes what it imports"
        case ast.Subscript(ctx=ast.Store() | ast.Del()) if _root(node) in read.imported:
            return "changes what it imports"
    return ""


def _reaches_in(read: Reproducer) -> str:
    """Only public behaviour counts: what a module keeps to itself may be as it likes."""
    for module, bound in _imports(read.tree):
        name = module.partition(":")[2] or module.rpartition(".")[2]
        if bound in read.own and _is_private(name):
            return f"the reproducer uses what is private: {name}"
    for node in ast.walk(read.tree):
        if isinstance(node, ast.Attribute) and _is_private(node.attr) and _root(node) != "self":
            return f"line {node.lineno} of the reproducer uses what is private: {node.attr}"
    return ""


def _is_private(name: str) -> bool:
    return name.startswith("_") and not (name.startswith("__") and name.endswith("__"))


def _root(node: ast.AST) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""
