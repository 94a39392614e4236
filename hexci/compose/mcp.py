"""Wires hexci's verbs as tools for other agents."""

from pathlib import Path
from typing import TYPE_CHECKING

from hexci.compose.gate import judge
from hexci.compose.main_job import do, result_as
from hexci.compose.planning import request_from_argv
from hexci.compose.records import collect_garbage, run_record_as, runs, runs_as, verify

if TYPE_CHECKING:
    from collections.abc import Callable


def serve_tools(profile: str) -> None:
    """Offers the tools of `profile` over stdio until the other side hangs up."""
    from hexci.adapters.mcp.server import serve
    from hexci.domain.agent.profiles import tools_of

    known: dict[str, Callable[..., str]] = {
        "read_file": _mcp_read_file,
        "list_files": _mcp_list_files,
        "search": _mcp_search,
        "context": _mcp_context,
        "list_runs": _mcp_list_runs,
        "show_run": _mcp_show_run,
        "gate": _mcp_gate,
        "verify": _mcp_verify,
        "do": _mcp_do,
        "collect_garbage": _mcp_collect_garbage,
    }
    serve({name: known[name] for name in tools_of(profile)})


def _look(tool: str, **arguments: "str | int") -> str:
    """The answer of one of WORK's reading tools, over the tree of HEAD."""
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import quarters_for
    from hexci.domain.evidence import EvidenceRun
    from hexci.domain.law.caps import Authority, Cap, CapLayer
    from hexci.domain.law.limits import Ceiling
    from hexci.usecases.agent_tools import ReadingTools
    from hexci.usecases.enforce_law import root_gateway

    checkout = Checkout.at(Path.cwd())
    with quarters_for(checkout) as quarters:
        vault = quarters.vault
        tree = vault.tree_of(checkout.resolve("HEAD"))
        layer = CapLayer("hexci mcp", (Cap("fs.read"),))
        law = root_gateway(Authority((layer,)), Ceiling(), lambda _: None)
        tools = ReadingTools(tree, vault, vault, lambda: EvidenceRun(None, "", 0.0, "none"), law)
        return tools.answer(tool, dict(arguments))


def _mcp_read_file(path: str, start: int = 1, end: int = 1_000_000) -> str:
    """Lines of a file at HEAD."""
    return _look("read_file", path=path, start=start, end=end)


def _mcp_list_files(glob: str) -> str:
    """Paths at HEAD that match a glob, such as src/**/*.py."""
    return _look("list_files", glob=glob)


def _mcp_search(pattern: str, glob: str = "") -> str:
    """Lines at HEAD that match an extended regular expression, as path:line: text."""
    return _look("search", pattern=pattern, glob=glob)


def _mcp_context(target: str) -> str:
    """Where a name is defined and where it is used, at HEAD."""
    return _look("context", target=target)


def _mcp_list_runs() -> str:
    """The newest runs of hexci in this repository, as JSON."""
    return runs_as(runs(20), as_json=True)


def _mcp_show_run(run: str) -> str:
    """One run's record, as JSON; `last` is the newest."""
    return run_record_as(run, as_json=True)


def _mcp_gate(base: str, evidence: str, head: str = "HEAD") -> str:
    """Judge the change from `base` to `head` by an evidence command, as JSON; changes nothing."""
    request = request_from_argv(task="judge a change", evidence=evidence)
    return judge(request, base, head, None, as_json=True)[1]


def _mcp_verify(commit: str) -> str:
    """Run a commit's evidence again from a clean clone: reproduced or not, as JSON."""
    return verify(commit, as_json=True)[1]


def _mcp_do(task: str, evidence: str, candidate: str = "repair") -> str:
    """Have a candidate do a task; what is proven is committed on a branch of its own. JSON."""
    request = request_from_argv(task=task, evidence=evidence, candidates=(candidate,))
    return result_as(do(request, "HEAD"), as_json=True)


def _mcp_collect_garbage(older_than_days: float = 90.0) -> str:
    """Remove run records older than so many days; evidence stays. JSON."""
    return collect_garbage(older_than_days, dry_run=False, as_json=True)
