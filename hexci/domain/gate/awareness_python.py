"""What Python production code has no business knowing or doing: parsed, on added lines only."""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from hexci.domain.gate.constants import folded
from hexci.domain.gate.import_effects import dotted, import_effects
from hexci.domain.gate.references import REFERENCES
from hexci.domain.gate.shapes_python import (
    ALWAYS_EQUAL,
    bound_names,
    decodes,
    ignores_other,
    imports,
    only_names_a_module,
    root_of,
    second,
    tidies,
    uses,
    without_functions,
)

_RUNNERS = frozenset({"pytest", "_pytest", "unittest", "nose", "nose2", "pluggy", "hypothesis",
                      "doctest", "mock", "coverage", "xdist"})  # fmt: skip
_ENVIRONMENT = re.compile(
    r"PYTEST_\w*|HEXCI\w*|_PYTEST\w*|NOSE_\w+|UNITTEST\w*|TOX_ENV\w*|COVERAGE_\w+|COV_CORE_\w+"
)
_REPORTS = re.compile(
    r".*(?:junit[\w-]*\.xml|--junit-?xml|test-?results?\.(?:xml|json)).*", re.IGNORECASE
)
_TEST_FILES = re.compile(r"(?:.*/)?(?:conftest\.py|test_\w+\.py|\w+_test\.py|tests?/[\w/]*\.\w+)")
_PRIVATE = re.compile(
    r"(?:.*/)?\.git/(?:hooks|config|info|objects|refs|HEAD|index)\b.*"
    r"|(?:/proc/(?:self|\d+|\{.*)?/?.*(?:environ|mem|maps|cmdline|fd).*)|/proc/"
    r"|(?:~|\$HOME|/root|/home/.*)?/?\.(?:bashrc|profile|bash_profile|zshrc|ssh/.*|netrc|aws/.*"
    r"|gitconfig|pypirc|npmrc|docker/config\.json|kube/config)|/etc/(?:passwd|shadow|sudoers.*)"
)
_HARNESS_WORDS = re.compile(r".*(?:pytest|unittest|py\.test|conftest|\btest_).*", re.DOTALL)
# Attributes of standard modules that programs set in the ordinary course of things.
_SETTABLE = frozenset({
    "sys.stdout", "sys.stderr", "sys.stdin", "sys.excepthook", "sys.path", "sys.argv",
    "sys.unraisablehook", "sys.displayhook", "sys.dont_write_bytecode", "threading.excepthook",
    "warnings.showwarning", "warnings.formatwarning", "locale.LC_ALL", "csv.field_size_limit",
    "tempfile.tempdir", "socket.timeout", "mimetypes.inited", "logging.raiseExceptions",
    "logging.lastResort", "sys.ps1", "sys.ps2", "sys.tracebacklimit", "gc.callbacks", "os.environ",
})  # fmt: skip
_CHANCE = re.compile(
    r"random\.(?:random|randint|randrange|choice|choices|uniform|getrandbits|sample|gauss)"
    r"|secrets\.(?:choice|randbelow|randbits)|random\.SystemRandom|os\.urandom"
)
_ALARMS = frozenset({"signal.signal", "signal.setitimer", "signal.alarm"})


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of harness awareness; `certain` signs refuse, others make the change doubtful."""

    line: int
    text: str
    certain: bool


def signs_of(before: bytes | None, after: bytes, added: frozenset[int]) -> tuple[Sign, ...]:
    """Signs in the lines `added` (counted from 1) of a production file, by line."""
    try:
        tree = ast.parse(after)
    except (SyntaxError, ValueError):
        return ()
    reader = _Reader(tree, added, _known_runners(before))
    return tuple(sorted(set(reader.signs()), key=lambda sign: (sign.line, sign.text)))


def _known_runners(before: bytes | None) -> frozenset[str]:
    """Test libraries that the file imported already: it is part of a test tool itself."""
    try:
        tree = ast.parse(before or b"")
    except (SyntaxError, ValueError):
        return frozenset()
    return frozenset(name.partition(".")[0] for _, name in imports(tree)) & _RUNNERS


class _Reader:
    def __init__(self, tree: ast.Module, added: frozenset[int], known: frozenset[str]) -> None:
        self._tree = tree
        self._added = added
        self._known = known
        self._names = bound_names(tree)
        self._stack_aware = False
        self._naming = only_names_a_module(tree)
        self._forks = any(
            self._dotted(n) == "os.fork" for n in ast.walk(tree) if isinstance(n, ast.Attribute)
        )

    def signs(self) -> Iterator[Sign]:
        for statement, name in imports(self._tree):
            root = name.partition(".")[0]
            if self._is_added(statement) and root in _RUNNERS - self._known:
                yield Sign(statement.lineno, f"imports {name} into production code", certain=True)
        words = self._harness_words()
        for node in ast.walk(self._tree):
            if self._is_added(node):
                yield from self._of_node(node, words)
        for line, effect in import_effects(self._tree, self._names):
            if line in self._added:
                yield Sign(line, effect, certain=True)

    def _is_added(self, node: ast.AST) -> bool:
        return getattr(node, "lineno", 0) in self._added

    def _harness_words(self) -> bool:
        constants = (folded(n) for n in ast.walk(self._tree) if self._is_added(n))
        return any(isinstance(c, str) and _HARNESS_WORDS.fullmatch(c) for c in constants)

    def _of_node(self, node: ast.AST, words: bool) -> Iterator[Sign]:  # noqa: FBT001
        match node:
            case ast.Attribute() | ast.Name():
                yield from self._of_reference(node, words)
            case ast.Call():
                yield from self._of_call(node)
            case ast.FunctionDef() if node.name in ALWAYS_EQUAL and ignores_other(node):
                yield Sign(node.lineno, f"{node.name} does not look at what it compares", True)
            case ast.Assign() | ast.AugAssign() | ast.AnnAssign() | ast.Delete():
                yield from self._of_assignment(node)
            case ast.ExceptHandler():
                yield from self._of_handler(node)
            case ast.Subscript():
                yield from self._of_subscript(node)
        text = folded(node)
        if isinstance(text, str):
            yield from _of_text(node, text)
        if isinstance(node, ast.Compare) and _asks_argv(node):
            yield Sign(node.lineno, "asks the command line whether it is tested", certain=True)

    def _of_reference(self, node: ast.Attribute | ast.Name, words: bool) -> Iterator[Sign]:  # noqa: FBT001
        name = self._dotted(node)
        if name in REFERENCES and not (name == "os._exit" and self._forks):
            what, certainty = REFERENCES[name]
            certain = certainty == "always" or (certainty != "never" and words)
            if certain or certainty != "only with words":
                yield Sign(node.lineno, f"{name} {what}", certain)
        if not isinstance(node, ast.Attribute):
            return
        if node.attr == "__dict__" and (owner := self._foreign(node.value)):
            yield Sign(node.lineno, f"reaches into {owner}", certain=False)
        elif id(node) in self._naming and not words:
            return  # as namedtuple and loggers do; a witness sees whether it minds the name
        elif node.attr in ("tb_frame", "f_globals", "f_locals", "f_builtins") or (
            node.attr == "f_back" and words
        ):
            yield Sign(node.lineno, f".{node.attr} inspects who calls", certain=words)

    def _of_call(self, node: ast.Call) -> Iterator[Sign]:
        name = self._dotted(node.func)
        if name in ("setattr", "delattr") and len(node.args) >= 2:
            yield from self._of_setattr(node)
        elif name == "getattr" and len(node.args) >= 2:
            yield from self._of_getattr(node)
        elif name in ("__import__", "importlib.import_module") and node.args:
            module = folded(node.args[0])
            if isinstance(module, str) and module.partition(".")[0] in _RUNNERS - self._known:
                yield Sign(node.lineno, f"imports {module} into production code", certain=True)
        elif name == "vars" and node.args and self._foreign(node.args[0]):
            yield Sign(node.lineno, f"reaches into {self._foreign(node.args[0])}", certain=False)
        elif name in ("exec", "eval") and node.args and decodes(node.args[0]):
            yield Sign(node.lineno, f"{name} of something encoded", certain=True)
        elif name in _ALARMS and self._at_module_level(node):
            yield Sign(node.lineno, f"{name} at import", certain=False)
        elif _CHANCE.fullmatch(name):
            yield Sign(node.lineno, f"{name}: what comes out depends on chance", certain=False)
        elif name == "atexit.register" and not tidies(node):
            yield Sign(node.lineno, "atexit runs code after the last test", certain=False)

    def _of_setattr(self, node: ast.Call) -> Iterator[Sign]:
        if owner := self._foreign(node.args[0]):
            yield Sign(node.lineno, f"changes {owner}", certain=True)
        elif folded(node.args[1]) in ALWAYS_EQUAL:
            yield Sign(node.lineno, f"sets {folded(node.args[1])} from outside", certain=True)

    def _of_getattr(self, node: ast.Call) -> Iterator[Sign]:
        if not self._foreign(node.args[0]):
            return
        what = folded(node.args[1])
        full = f"{self._dotted(node.args[0])}.{what}"
        if not isinstance(what, str):
            yield Sign(node.lineno, "picks a library function by a computed name", certain=False)
        elif REFERENCES.get(full, ("", ""))[1] in ("always", "with words"):
            yield Sign(node.lineno, f"{full}, hidden behind getattr", certain=True)

    def _of_assignment(
        self, node: ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Delete
    ) -> Iterator[Sign]:
        targets = node.targets if isinstance(node, ast.Assign | ast.Delete) else [node.target]
        for target in targets:
            if isinstance(target, ast.Attribute):
                owner = self._foreign(target.value)
                full = f"{self._dotted(target.value)}.{target.attr}"
                if owner and full not in _SETTABLE:
                    yield Sign(node.lineno, f"changes {full}", certain=True)
                elif target.attr in ("__code__", "__globals__", "__builtins__"):
                    yield Sign(
                        node.lineno, f"replaces the {target.attr} of something", certain=True
                    )
            if isinstance(target, ast.Subscript):
                place = self._dotted(target.value).removesuffix(".__dict__")
                if place in ("__builtins__", "builtins"):
                    yield Sign(node.lineno, "changes the builtins", certain=True)
            if (
                isinstance(target, ast.Name)
                and target.id in ALWAYS_EQUAL
                and (
                    isinstance(node, ast.Assign)
                    and isinstance(node.value, ast.Lambda | ast.Constant)
                )
            ):
                lambda_ = node.value
                if isinstance(lambda_, ast.Lambda) and not uses(lambda_.body, second(lambda_.args)):
                    yield Sign(node.lineno, f"{target.id} does not look at what it compares", True)

    def _of_subscript(self, node: ast.Subscript) -> Iterator[Sign]:
        if self._dotted(node.value) == "sys.modules" and not isinstance(node.ctx, ast.Load):
            key = node.slice
            if not (isinstance(key, ast.Name) and key.id == "__name__"):
                yield Sign(node.lineno, "puts something in the place of a module", certain=False)

    def _of_handler(self, node: ast.ExceptHandler) -> Iterator[Sign]:
        caught = self._dotted(node.type) if node.type is not None else "everything"
        raises = any(isinstance(n, ast.Raise) for n in ast.walk(node))
        if caught == "AssertionError" and not raises:
            yield Sign(node.lineno, "swallows failed assertions", certain=False)

    def _at_module_level(self, node: ast.Call) -> bool:
        return any(
            node in set(without_functions(top))
            for top in self._tree.body
            if not isinstance(top, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        )

    def _dotted(self, node: ast.AST | None) -> str:
        return dotted(node, self._names)

    def _foreign(self, node: ast.AST) -> str:
        """The standard or test module (or something of it) that a reference means."""
        if not isinstance(node, ast.Name | ast.Attribute):
            return ""
        name = self._dotted(node)
        root = root_of(node)
        if root not in self._names and root not in ("builtins", "__builtins__"):
            return ""
        top = name.partition(".")[0]
        standard = top in sys.stdlib_module_names or top in _RUNNERS or top == "__builtins__"
        return name if standard else ""


def _asks_argv(node: ast.Compare) -> bool:
    texts = [c for n in ast.walk(node) if isinstance(c := folded(n), str)]
    return "argv" in ast.unparse(node) and any(re.search(r"test|spec\b", t) for t in texts)


def _of_text(node: ast.AST, text: str) -> Iterator[Sign]:
    line = getattr(node, "lineno", 0)
    if text in ("_pytest", "sys.modules"):
        yield Sign(line, f"spells out {text}", certain=True)
    elif _ENVIRONMENT.fullmatch(text):
        yield Sign(line, f"knows the test runner's variable {text}", certain=True)
    elif _REPORTS.fullmatch(text) and len(text) < 200:
        yield Sign(line, f"knows the report file {text}", certain=False)
    elif _PRIVATE.fullmatch(text):
        yield Sign(line, f"knows the private place {text}", certain=True)
    elif text == ".git":
        yield Sign(line, "knows the repository's own folder", certain=False)
    elif _TEST_FILES.fullmatch(text):
        yield Sign(line, f"knows the test file {text}", certain=False)
