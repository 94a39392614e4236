"""Names of the standard library that production code needs only when it minds being tested."""

from collections.abc import Mapping

_ENDS = "ends the process behind the runner's back"
_CALLERS = "inspects who calls"
_STEERS = "watches or steers other code"
_SOURCES = "reads source code"
_IMPORTS = "changes how modules are imported"
_INNARDS = "reaches into the interpreter"

# `always`: certain by itself; `with words`: certain beside a word like `pytest`, else doubtful;
# `only with words`: nothing without one; `never`: doubtful at most.
_GROUPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (_ENDS, "always", ("os._exit", "os.abort", "posix._exit", "signal.raise_signal")),
    ("looks for the process that runs it", "never", ("os.getppid",)),
    (_CALLERS, "with words", ("sys._current_frames", "inspect.trace")),
    (
        _SOURCES,
        "with words",
        (
            "inspect.getsource",
            "inspect.getsourcelines",
            "inspect.findsource",
            "linecache.getline",
            "linecache.getlines",
        ),
    ),
    (
        _STEERS,
        "with words",
        (
            "sys.settrace",
            "sys.setprofile",
            "sys.addaudithook",
            "sys.monitoring.register_callback",
            "threading.settrace",
            "threading.setprofile",
            "gc.get_objects",
            "gc.get_referrers",
        ),
    ),
    (
        "is searched for the test runner",
        "only with words",
        ("sys.modules", "sys.argv", "sys.orig_argv"),
    ),
    # a logger names its caller by these; a cheat looks for the test's name besides, or answers
    # others than tests otherwise, which the witness sees
    (
        _CALLERS,
        "only with words",
        (
            "sys._getframe",
            "sys._getframemodulename",
            "inspect.currentframe",
            "inspect.stack",
            "inspect.getouterframes",
            "traceback.extract_stack",
            "traceback.walk_stack",
            "traceback.format_stack",
            "traceback.print_stack",
        ),
    ),
    (_IMPORTS, "never", ("sys.meta_path", "sys.path_hooks", "sys.path_importer_cache")),
    (
        _INNARDS,
        "never",
        (
            "ctypes.pythonapi",
            "ctypes.py_object",
            "ctypes.memmove",
            "ctypes.memset",
            "ctypes.string_at",
            "sys.breakpointhook",
        ),
    ),
)

REFERENCES: Mapping[str, tuple[str, str]] = {
    name: (what, certainty) for what, certainty, names in _GROUPS for name in names
}
