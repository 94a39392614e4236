"""The kernel beside hexDAG's newest release, each in its own Python, in turn."""

import json
import resource
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from hexci.adapters.measure.peers import do
from hexci.domain.measurement import Paired
from hexci.errors import HexciError

_OURS = "from hexci.compose.engine_bench import print_figures; print_figures({}, {})"
# Written for hexDAG 0.8.0; its logs are off, as ours are.
_THEIRS = """
import asyncio, json, logging, time
from loguru import logger
from hexdag.compiler.yaml_builder import YamlPipelineBuilder
from hexdag.kernel.domain.dag import DirectedGraph, NodeSpec
from hexdag.kernel.orchestration.orchestrator import Orchestrator
logger.remove(); logging.disable(logging.CRITICAL)
N, REPEATS = {}, {}
async def trivial(x=None): return 1
def run(shape):
    graph = DirectedGraph()
    for i in range(N):
        node = NodeSpec(name=f"n{{i}}", fn=trivial)
        graph.add(node.after(f"n{{i-1}}" if shape == "chain" else "n0") if i else node)
    engine = Orchestrator(max_concurrent_nodes=4)
    begun = time.process_time()
    asyncio.run(engine.run(graph, {{}}))
    return (time.process_time() - begun) / N * 1e6
def needs(i): return f"[n{{i-1}}]" if i else "[]"
nodes = "".join(f"    - kind: function_node\\n      metadata: {{{{name: n{{i}}}}}}\\n"
                f"      spec: {{{{fn: json.dumps}}}}\\n      dependencies: {{needs(i)}}\\n"
                for i in range(N))
text = ("apiVersion: hexdag/v1\\nkind: Pipeline\\nmetadata: {{name: bench}}\\nspec:\\n  nodes:\\n"
        + nodes)
def compiled():
    begun = time.process_time()
    YamlPipelineBuilder().build_from_yaml_string(text)
    return (time.process_time() - begun) / N * 1e6
told = {{}}
for name, work in (("chain", lambda: run("chain")), ("fan", lambda: run("fan")),
                   ("compile", compiled)):
    work()
    told[name] = min(work() for _ in range(REPEATS))
print(json.dumps(told))
"""
_NAMES = {
    "chain": "a node of a chain",
    "fan": "a node of a fan",
    "compile": "reading and compiling a node",
}
_TIMEOUT = 300.0


def measure_engine(runs: int, cache: Path, nodes: int = 100) -> tuple[Paired, ...]:
    """Microseconds of CPU a node, the law against a bare call, start-up in seconds of CPU.

    Raises HexciError when hexDAG cannot be had (it needs Python 3.12 and the registry).
    """
    peer = _hexdag(cache)
    ours: list[dict[str, float]] = []
    theirs: list[dict[str, float]] = []
    starts: list[tuple[float, float]] = []
    manifest = cache / "manifests"
    manifest.mkdir(parents=True, exist_ok=True)
    text = "kind: Pipeline\nmetadata: {name: m}\nspec:\n  caps: [spawn]\n  nodes:\n"
    (manifest / "m.yaml").write_text(text + "    a: {run: {argv: ['true']}}\n")
    validate = [sys.executable, "-m", "hexci", "validate", "m.yaml"]
    for _ in range(runs + 1):
        ours.append(_figures([sys.executable, "-c", _OURS.format(nodes, 5)]))
        theirs.append(_figures([str(peer / "python"), "-c", _THEIRS.format(nodes, 5)]))
        starts.append((_cpu(validate, manifest), _cpu([str(peer / "hexdag"), "--help"], manifest)))
    ours, theirs, starts = ours[1:], theirs[1:], starts[1:]
    pairs = [
        Paired(said, "hexDAG", tuple(o[name] for o in ours), tuple(t[name] for t in theirs), "µs")
        for name, said in _NAMES.items()
    ]
    law = Paired(
        "the law before a call", "the call alone", tuple(o["law"] for o in ours),
        tuple(o["call"] for o in ours), "µs",
    )  # fmt: skip
    first, second = zip(*starts, strict=True)
    return (*pairs, law, Paired("hexci validate", "hexdag --help", first, second, "s CPU"))


def _hexdag(cache: Path) -> Path:
    """The folder of programs of an environment with hexDAG in it."""
    binaries = cache / "hexdag/bin"
    if not (binaries / "hexdag").exists():
        names = ("python3.12", "python3.13", "python3.14")
        python = next((found for name in names if (found := shutil.which(name))), None)
        if python is None:
            raise HexciError("hexDAG needs Python 3.12 or newer, and there is none on PATH")
        do([python, "-m", "venv", str(binaries.parent)], cache)
        # httpx: it is imported, and not among what the release asks for
        do([str(binaries / "python"), "-m", "pip", "install", "-q", "hexdag", "httpx"], cache)
    return binaries


def _figures(argv: Sequence[str]) -> dict[str, float]:
    try:
        done = subprocess.run(argv, capture_output=True, text=True, timeout=_TIMEOUT, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise HexciError(f"{argv[0]} failed: {error}") from error
    if done.returncode != 0:
        raise HexciError(f"{argv[0]} failed: {done.stderr.strip()[-300:]}")
    told = json.loads(done.stdout.splitlines()[-1])
    return {str(name): float(value) for name, value in told.items()}


def _cpu(argv: Sequence[str], folder: Path) -> float:
    """Seconds of CPU of a command that must end well."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(argv, cwd=folder, capture_output=True, timeout=_TIMEOUT, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip()[-300:]
        raise HexciError(f"{argv[0]} failed: {said}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
