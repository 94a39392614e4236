"""What the runs of a reproducer show. Default: refuted."""

import ast
from collections.abc import Callable, Sequence

from hexci.domain.evidence import EvidenceRun, TestResult, TestStatus
from hexci.domain.review.claim import Claim, Judged, Standing
from hexci.domain.review.dependence import depends

# A reproducer must fail each time: a claim that needs luck is not proven by it.
RUNS = 3
_SHOWN = 1_500
# What pytest.raises and unittest end a test with when nothing was raised.
_NOTHING_RAISED = "Failed"
_ASSERTIONS = {"AssertionError", _NOTHING_RAISED}
_NOT_REACHED = {"ImportError", "ModuleNotFoundError", "SyntaxError", "FixtureLookupError"}


def refuted(claim: Claim, reason: str, output: str = "") -> Judged:
    """A claim that does not hold."""
    return Judged(claim, Standing.REFUTED, reason, output=output)


def judge_runs(
    claim: Claim,
    test_path: str,
    runs: Sequence[EvidenceRun],
    *,
    own: frozenset[str],
    read: Callable[[str], str | None],
) -> Judged:
    """The claim after `runs` of its reproducer at `test_path`, each in a clean clone.

    `own` are the names in the reproducer that come from the repository; `read` gives the text of
    a file of the repository (None: there is none).
    """
    failures = []
    for number, run in enumerate(runs, 1):
        failing, why = _failing(run, test_path)
        if failing is None:
            return refuted(claim, f"run {number} of {len(runs)}: {why}", run.output[-_SHOWN:])
        failures.append(failing)
    first = failures[0]
    for number, other in enumerate(failures[1:], 2):
        if (other.id, other.kind, other.place) != (first.id, first.kind, first.place):
            why = f"run 1 failed with {_told(first)}, run {number} with {_told(other)}"
            return refuted(claim, f"it does not fail the same way each time: {why}")
    reason = _wrong_reason(claim, test_path, first, own, read)
    if reason:
        return refuted(claim, reason, first.message[:_SHOWN])
    shown = f"fails {len(runs)} times out of {len(runs)} with {_told(first)}"
    return Judged(claim, Standing.CONFIRMED, shown, first.kind, first.place, first.message[:_SHOWN])


def _failing(run: EvidenceRun, test_path: str) -> tuple[TestResult | None, str]:
    """The first failing test of the reproducer in one run, or why there is none."""
    if run.timed_out:
        return None, "it did not end within its time limit"
    if run.account is None:
        return None, "the runner left no account"
    stem = test_path.removesuffix(".py").replace("/", ".")
    mine = [t for t in run.account.tests if t.id.startswith((test_path, stem)) or _is_of(t, stem)]
    if not mine:
        return None, "the reproducer was not run"
    failed = [t for t in mine if t.status in {TestStatus.FAILED, TestStatus.ERROR}]
    if not failed:
        return None, "it passes on the code as it is"
    worst = min(failed, key=lambda t: t.id)
    if not worst.kind or worst.kind in _NOT_REACHED:
        return None, f"it breaks before it says anything: {_first_line(worst.message)}"
    return worst, ""


def _is_of(test: TestResult, stem: str) -> bool:
    """Unittest names tests by module, seen from the folder that it was started in."""
    return test.id.startswith(stem.rpartition(".")[2] + ".")


def _wrong_reason(
    claim: Claim,
    test_path: str,
    failing: TestResult,
    own: frozenset[str],
    read: Callable[[str], str | None],
) -> str:
    path, _, number = failing.place.rpartition(":")
    line = int(number) if number.isdigit() else 0
    claimed = claim.failure.rpartition(".")[2]
    if failing.kind in _ASSERTIONS:
        if claimed not in _ASSERTIONS:
            return f"it was to fail with {claimed}, but fails with {_told(failing)}"
        if path == test_path and not depends(claim.reproducer, line, own):
            return f"line {line} of the reproducer fails whatever the code does"
        return ""
    if failing.kind != claimed:
        return f"it was to fail with {claimed or 'nothing that it names'}, not {_told(failing)}"
    if path == test_path:
        return f"{failing.kind} comes from the reproducer itself, not from the code"
    if path != claim.path:
        return f"it was to fail in {claim.path}, but fails at {failing.place}"
    if not _same_function(read(path) or "", claim.line, line):
        return f"it was to fail at line {claim.line}, but fails at {failing.place}"
    return ""


def _same_function(text: str, one: int, other: int) -> bool:
    """Whether two lines lie in the same function, or both in none."""
    return enclosing_function(text, one) == enclosing_function(text, other)


def enclosing_function(text: str, line: int) -> str:
    """The dotted name of the innermost function around `line` (from 1); empty outside of any."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return ""
    names: list[str] = []
    function = ""
    node: ast.AST | None = tree
    while node is not None:
        node = _child_at(node, line)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.append(node.name)
            if not isinstance(node, ast.ClassDef):
                function = ".".join(names)
    return function


def _child_at(node: ast.AST, line: int) -> ast.AST | None:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.match_case):  # the one block without a place of its own
            found = _child_at(child, line)
            if found is not None:
                return found
        elif isinstance(child, ast.stmt | ast.ExceptHandler) and _covers(child, line):
            return child
    return None


def _covers(node: ast.stmt | ast.ExceptHandler, line: int) -> bool:
    return node.lineno <= line <= (node.end_lineno or node.lineno)


def _told(failing: TestResult) -> str:
    return f"{failing.kind} at {failing.place or 'no place in the repository'}"


def _first_line(message: str) -> str:
    return next((line.strip() for line in message.splitlines() if line.strip()), "no message")[:200]
