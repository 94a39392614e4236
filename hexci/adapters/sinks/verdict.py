"""A verdict for a person and for a program."""

import json

from hexci.domain.canonical import Json, digest, plain
from hexci.domain.evidence import EvidenceRun
from hexci.domain.plan import Plan
from hexci.domain.verdict import StepStatus, Verdict

_MARKS = {
    StepStatus.PASSED: "passed",
    StepStatus.REFUSED: "REFUSED",
    StepStatus.SUSPICIOUS: "suspicious",
    StepStatus.UNAVAILABLE: "could not run",
}


def as_text(verdict: Verdict, plan: Plan) -> str:
    """One line a step, what turned green, what the next try should know, and the one word."""
    lines = [
        f"  {step.step:9} {_MARKS[step.status]:13} {step.seconds:6.2f} s  {step.reason}".rstrip()
        for step in verdict.steps
    ]
    if verdict.fail_to_pass:
        lines.append(f"  turned green: {', '.join(verdict.fail_to_pass[:10])}")
    lines += [f"  note: {note}" for note in plan.notes]
    if verdict.isolation == "none":
        lines.append("  WARNING: no sandbox was available: the code ran unconfined (hexci doctor)")
    if not verdict.accepted and verdict.feedback:
        lines += ["", *verdict.feedback.splitlines(), ""]
    word = "accepted" if verdict.accepted else f"refused: {verdict.outcome}"
    return "\n".join([*lines, f"{word} (tree {verdict.tree[:12]})"]) + "\n"


def as_document(verdict: Verdict, plan: Plan) -> str:
    """One JSON document, one line end."""
    document: dict[str, Json] = {
        "outcome": verdict.outcome.value,
        "exit_code": verdict.outcome.exit_code,
        "accepted": verdict.accepted,
        "reason": verdict.reason,
        "base": plan.base_commit,
        "base_tree": plan.base_tree,
        "tree": verdict.tree,
        "mode": plan.mode.value,
        "evidence": plain(plan.evidence),
        "steps": plain(verdict.steps),
        "fail_to_pass": plain(verdict.fail_to_pass),
        "feedback": verdict.feedback,
        "warnings": plain(verdict.warnings),
        "isolation": verdict.isolation,
        "red": _run(verdict.red),
        "green": _run(verdict.green),
        "notes": plain(plan.notes),
    }
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _run(run: EvidenceRun | None) -> Json:
    if run is None:
        return None
    return {
        "exit_code": run.exit_code,
        "seconds": round(run.seconds, 3),
        "runner": run.account.runner if run.account else "",
        "tests": len(run.account.tests) if run.account else 0,
        "log": digest(run.output.encode("utf-8", "surrogateescape")),
    }
