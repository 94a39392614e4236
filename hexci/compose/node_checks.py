"""Wires the nodes that only look: boundaries, decisions, reviews."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hexci.domain.canonical import Json
    from hexci.domain.finding import Report
    from hexci.ports.doer import Done, Task
    from hexci.ports.gateway import Gateway
    from hexci.usecases.doers.following import Memory
    from hexci.usecases.doers.hunt_defects import Hunt, Told

# Characters of a report that other nodes are given; the record has all.
_MOST_REPORT = 40_000


def analyze(task: "Task", memory: "Memory") -> "Done":
    """The boundaries of the run's commit."""
    from hexci.compose import boundaries
    from hexci.usecases.doers.arguments import text

    def judged() -> "Report":
        analyzer = boundaries.analyzer(".", task.context.base_commit)
        since = text(task.arguments, "since")
        before = boundaries.analyzer(".", f"{since}...") if since else None
        return analyzer.analyze(boundaries.today(), since=before).report

    followed = memory.findings(task.gateway.perform("fs.read", "", judged), task)
    return _reported(followed.report, followed.outputs)


def adr(task: "Task", memory: "Memory") -> "Done":
    """The step of the decision ledger up to the run's commit."""
    from hexci.compose import ledger_judging
    from hexci.domain.outcome import Outcome
    from hexci.ports.doer import Done
    from hexci.usecases.doers.arguments import flag, text

    commit = task.context.base_commit
    base = at(text(task.arguments, "base"), commit)
    outcome, document = task.gateway.perform(
        "fs.read", "", lambda: ledger_judging.check(base, commit, "json")
    )
    found = [f"{f['path']}:{f['line']}: {f['rule']} {f['message']}"
             for f in json.loads(document)["findings"]]  # fmt: skip
    if flag(task.arguments, "track"):
        refused = memory.decisions(ledger_judging.statuses(commit), task)
        found += [f"{said} (it was seen otherwise before)" for said in refused]
        outcome = Outcome.FINDINGS if refused else outcome
    outputs = _outputs(found, "\n".join(found))
    return Done(Outcome(outcome), outputs, found[0] if found else "",
                {"report.json": document.encode()})  # fmt: skip


def reviewed(hunt: "Hunt", law: "Gateway") -> "Told":
    """A review below the law of its node."""
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import quarters_for
    from hexci.compose import planning, review
    from hexci.compose.candidates import Tape
    from hexci.domain.plan import AskedLimits
    from hexci.usecases.doers.hunt_defects import Told

    left = law.left()
    request = planning.request_from_argv(
        task=f"review {hunt.target}",
        evidence=hunt.gate or None,
        candidates=hunt.candidates or ("repair",),  # which looks at nothing
        limits=AskedLimits(hunt.seconds, None, left.usd, left.tokens, left.calls),
        seed=hunt.seed,
    )
    checkout = Checkout.at(Path.cwd())
    sides = (hunt.at, hunt.base or hunt.at)
    with quarters_for(checkout) as quarters:  # its own: other nodes run at the same time
        told = review.hunt(
            request, hunt.target, sides, hunt.lenses, Tape(), checkout, quarters, law
        )
    if told.found is None:
        said, _, log = told.red.partition("\n")
        return Told(told.outcome, told.report, said, {"gate.log": log.encode()})
    document = review.written(told.found, told.report, "json")
    files = {"review.json": document.encode("utf-8", "surrogatepass")}
    return Told(told.outcome, told.report, "", files)


def at(ref: str, commit: str) -> str:
    """A ref in which HEAD means the run's commit, whatever has been committed since."""
    return (
        commit + ref.removeprefix("HEAD") if ref == "HEAD" or ref[:5] in {"HEAD^", "HEAD~"} else ref
    )


def _reported(report: "Report", more: "Mapping[str, Json]") -> "Done":
    from hexci.adapters.sinks import json_document, text
    from hexci.ports.doer import Done

    found = [f"{f.path}:{f.line}: {f.rule} {f.message}" for f in report.findings]
    document = json_document.render(report).encode("utf-8", "surrogatepass")
    outputs = {**_outputs(found, text.render(report)), **more}
    return Done(report.outcome, outputs, found[0] if found else "", {"report.json": document})


def _outputs(found: Sequence[str], report: str) -> "dict[str, Json]":
    return {"findings": len(found), "messages": list(found), "report": report[:_MOST_REPORT]}
