"""A verdict for a person and for a program."""

import json

from hexci.domain.canonical import Json, digest, plain
from hexci.domain.evidence import EvidenceRun
from hexci.domain.gate.minimised import Minimised
from hexci.domain.plan import Plan
from hexci.domain.verdict import StepStatus, Verdict

_MARKS = {
    StepStatus.PASSED: "passed",
    StepStatus.REFUSED: "REFUSED",
    StepStatus.SUSPICIOUS: "suspicious",
    StepStatus.UNAVAILABLE: "could not run",
}


def as_text(verdict: Verdict, plan: Plan, smaller: Minimised | None = None) -> str:
    """One line a step, what turned green, what the next try should know, and the one word.

    The patch of a `smaller` change comes last, so that `git apply` can read the whole text.
    """
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
    text = "\n".join([*lines, f"{word} (tree {verdict.tree[:12]})"]) + "\n"
    return text + _smaller_text(smaller) if smaller else text


def _smaller_text(smaller: Minimised) -> str:
    kept = f"{smaller.after} of {smaller.before} hunks are needed"
    cut = ", cut to single lines" if smaller.by_line else ""
    late = "; time ran out, it might be smaller yet" if not smaller.complete else ""
    said = f"minimised: {kept}{cut} ({smaller.runs} runs{late}), tree {smaller.verdict.tree[:12]}"
    return f"{said}\n\n{_patch(smaller)}"


def _patch(smaller: Minimised) -> str:
    return smaller.change.patch.decode("utf-8", "surrogateescape")


def as_document(verdict: Verdict, plan: Plan, smaller: Minimised | None = None) -> str:
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
        "minimised": _smaller(smaller) if smaller else None,
    }
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _smaller(smaller: Minimised) -> Json:
    return {
        "patch": _patch(smaller),
        "tree": smaller.verdict.tree,
        "hunks": smaller.after,
        "hunks_before": smaller.before,
        "by_line": smaller.by_line,
        "runs": smaller.runs,
        "complete": smaller.complete,
        "steps": plain(smaller.verdict.steps),
    }


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
