"""How a run ended, for a person and for a program."""

import json
from collections.abc import Mapping

from hexci.domain.canonical import Json, plain
from hexci.domain.outcome import Outcome
from hexci.domain.run_result import RunResult
from hexci.domain.verdict import StepStatus

_MARKS = {
    StepStatus.PASSED: "passed",
    StepStatus.REFUSED: "REFUSED",
    StepStatus.SUSPICIOUS: "suspicious",
    StepStatus.UNAVAILABLE: "could not run",
}
# Lines of a patch that a terminal is shown; the whole is in the record.
_PATCH_LINES = 120

_NEXT = {
    Outcome.ALREADY_GREEN: "The evidence already passes on the base: nothing to fix. "
    "Name evidence that fails, or use --mode refactor.",
    Outcome.VACUOUS: "The evidence proves nothing as it stands: name a command that runs tests.",
    Outcome.NO_CHANGE: "Nobody proposed a change. Add a candidate (--candidate openai/MODEL) "
    "or say more in the task.",
    Outcome.EVIDENCE_FAILED: "No proposed change made the evidence pass.",
    Outcome.UNPROVEN: "The evidence passes, but does not prove the change.",
    Outcome.PROTECTED_PATH: "The change touches what judges it.",
    Outcome.TIMEOUT: "Give it more time (--timeout S) or a faster evidence command.",
    Outcome.INFRA_ERROR: "This is ours, or the machine's. Nothing was committed.",
}


def as_document(result: RunResult) -> str:
    """One JSON document, one line end."""
    verdict = result.verdict
    document: dict[str, Json] = {
        **result.facts,
        "run": result.run,
        "outcome": result.outcome.value,
        "exit_code": result.outcome.exit_code,
        "reason": result.reason,
        "base": result.plan.base_commit,
        "evidence": plain(result.plan.evidence),
        "branch": result.branch,
        "commit": result.commit,
        "tree": verdict.tree if verdict and result.commit else "",
        "candidate": result.candidate,
        "candidates": plain(result.tried),
        "steps": plain(verdict.steps) if verdict else [],
        "fail_to_pass": plain(verdict.fail_to_pass) if verdict else [],
        "warnings": plain(verdict.warnings) if verdict else [],
        "isolation": verdict.isolation if verdict else "",
        "evidence_digest": result.evidence_digest,
        "patch": result.patch.decode("utf-8", "replace"),
        "seconds": round(result.seconds, 3),
        "notes": plain(result.plan.notes),
    }
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def as_text(result: RunResult) -> str:
    """The patch, what each candidate and each step said, where the work lies, what to do next."""
    lines: list[str] = []
    if result.outcome in {Outcome.COMMITTED, Outcome.PROPOSED}:
        lines += [*_patch(result), ""]
    lines += [
        f"  {t.name}: {t.outcome} in {t.seconds:.1f} s{_used(dict(t.usage))}{_first(t.summary)}"
        for t in result.tried
    ]
    for step in result.verdict.steps if result.verdict else ():
        lines.append(f"  {step.step:9} {_MARKS[step.status]:13} {step.reason}".rstrip())
    lines += _built(result)
    lines += [f"  note: {note}" for note in result.plan.notes]
    if result.verdict and result.verdict.isolation == "none":
        lines.append("  WARNING: no sandbox was available: the code ran unconfined (hexci doctor)")
    lines.append(f"{result.outcome}: {_closing(result)}")
    return "\n".join(lines) + "\n"


def _built(result: RunResult) -> list[str]:
    """What a build agreed on; nothing for other runs."""
    where, dissent = result.facts.get("specification"), result.facts.get("dissent")
    if not where:
        return []
    agreed = "agreed" if result.facts.get("agreed") else "not agreed"
    objections = dissent if isinstance(dissent, list) else []
    return [f"  specification {where}, {agreed}", *(f"    against: {said}" for said in objections)]


def _used(usage: Mapping[str, Json]) -> str:
    """What a model used; empty for a candidate without one."""
    counts = [usage.get(name) for name in ("prompt_tokens", "completion_tokens")]
    tokens = sum(count for count in counts if isinstance(count, int))
    if not tokens:
        return ""
    usd = usage.get("usd")
    price = f"${usd:.4f}" if isinstance(usd, int | float) else "price not known"
    return f", {tokens} tokens, {price}"


def _patch(result: RunResult) -> list[str]:
    lines = result.patch.decode("utf-8", "replace").splitlines()
    shown = lines[:_PATCH_LINES]
    left_out = len(lines) - len(shown)
    return [*shown, f"… {left_out} more lines: hexci show {result.run}"] if left_out else shown


def _first(summary: str) -> str:
    line = summary.splitlines()[0] if summary else ""
    return f": {line}" if line else ""


def _closing(result: RunResult) -> str:
    record = f"record: hexci show {result.run}"
    if result.outcome is Outcome.COMMITTED:
        where = f"{result.commit[:12]} on {result.branch}"
        return f"{where}\n  {record}\n  merge: git merge {result.branch}"
    if result.outcome is Outcome.PROPOSED:
        return f"the patch above passed the gate; nothing was committed (dry run)\n  {record}"
    said = result.reason or "see the record"
    advice = _NEXT.get(result.outcome, "")
    return "\n  ".join(part for part in (said, advice, record) if part)
