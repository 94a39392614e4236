"""What happens when a Python module is merely imported: nothing that outlives or reaches out."""

import ast
import re
from collections.abc import Iterator

_STARTS = re.compile(
    r"os\.(?:fork|forkpty|system|popen|spawn\w+|posix_spawn\w*|exec\w+|kill|killpg|setsid)"
    r"|subprocess\.\w+|multiprocessing\.\w+|pty\.\w+|socket\.\w+|urllib\.request\.\w+"
    r"|http\.client\.\w+|asyncio\.(?:run|create_subprocess\w+)|ctypes\.CDLL"
)
_WRITES = re.compile(
    r"os\.(?:makedirs|mkdir|remove|unlink|rename|replace|rmdir|symlink|link|chmod|chown|truncate"
    r"|putenv|unsetenv|mkfifo)|shutil\.(?:copy\w*|move|rmtree|chown)"
)
_WRITING_METHODS = frozenset({
    "write_text", "write_bytes", "touch", "unlink", "rename", "symlink_to", "hardlink_to", "chmod",
    "rmdir",
})  # fmt: skip
_EXITS = frozenset({"sys.exit", "exit", "quit", "SystemExit", "os.execv", "os.execvp"})
_WRITING_MODES = re.compile(r"[rb+t]*[wax][rbt+]*")


def import_effects(tree: ast.Module, names: dict[str, str]) -> Iterator[tuple[int, str]]:
    """(line, what it does) of each statement with an effect when the module is imported.

    Functions that the module itself calls at its top level count; a main guard does not. `names`
    maps what the file binds by imports to what it means.
    """
    local = {n.name: n for n in tree.body if isinstance(n, ast.FunctionDef)}
    for statement in tree.body:
        for node in _executed(statement):
            if not isinstance(node, ast.Call | ast.Raise):
                continue
            effect = _effect(node, names)
            if effect:
                yield node.lineno, effect
            callee = node.func if isinstance(node, ast.Call) else None
            if isinstance(callee, ast.Name) and callee.id in local:
                for inner in ast.walk(local[callee.id]):
                    if isinstance(inner, ast.Call) and (effect := _effect(inner, names)):
                        yield inner.lineno, effect


def _executed(node: ast.AST) -> Iterator[ast.AST]:
    """`node` and what it holds that runs with it: no bodies of functions, no main guard."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        return
    if isinstance(node, ast.If) and "__name__" in ast.unparse(node.test):
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _executed(child)


def _effect(node: ast.Call | ast.Raise, names: dict[str, str]) -> str:
    if isinstance(node, ast.Raise):
        raised = dotted(getattr(node.exc, "func", node.exc), names)
        return f"{raised} at import" if raised in _EXITS else ""
    name = dotted(node.func, names)
    if name in _EXITS:
        return f"{name} at import"
    if _STARTS.fullmatch(name):
        return f"{name} starts or reaches something when the module is imported"
    method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    if _WRITES.fullmatch(name) or method in _WRITING_METHODS or _opens_to_write(node, name, method):
        return "writes to the file system when the module is imported"
    return ""


def _opens_to_write(node: ast.Call, name: str, method: str) -> bool:
    if name not in {"open", "io.open", "os.open", "os.fdopen"} and method != "open":
        return False
    place = 0 if method == "open" and name not in {"io.open", "os.open"} else 1
    given = [*node.args[place : place + 1], *(k.value for k in node.keywords if k.arg == "mode")]
    modes = [a.value for a in given if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    return any(_WRITING_MODES.fullmatch(mode) for mode in modes)


def dotted(node: ast.AST | None, names: dict[str, str]) -> str:
    """The name a reference has from outside, through the file's imports."""
    if isinstance(node, ast.Name):
        return names.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value, names)}.{node.attr}"
    return ""
