"""What the gate saw, as an in-toto Statement over the accepted tree.

Form: https://github.com/in-toto/attestation, Statement v1 with predicate `test-result/v0.1`;
what the predicate has no word for is in its `configuration` entries, by name.
"""

from hexci import __version__
from hexci.domain.canonical import Json, canonical, digest, plain
from hexci.domain.evidence import EvidenceRun
from hexci.domain.plan import Plan
from hexci.domain.verdict import Verdict

STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "https://in-toto.io/attestation/test-result/v0.1"


def statement(plan: Plan, run: str, verdict: Verdict, candidate: str) -> bytes:
    """Canonical JSON, without a line end, for the evidence note on `verdict.tree`."""
    account = verdict.green.account if verdict.green else None
    return canonical(
        {
            "_type": STATEMENT,
            "subject": [{"name": "tree", "digest": {"gitTree": verdict.tree}}],
            "predicateType": PREDICATE,
            "predicate": {
                "result": "PASSED" if verdict.accepted else "FAILED",
                "configuration": [
                    {"name": name, "annotations": {"value": value}}
                    for name, value in _configuration(plan, run, verdict, candidate).items()
                ],
                "passedTests": sorted(account.passed) if account else [],
                "failedTests": sorted(account.failed) if account else [],
            },
        }
    )


def _configuration(plan: Plan, run: str, verdict: Verdict, candidate: str) -> dict[str, Json]:
    return {
        "hexci": __version__,
        "run": run,
        "actor": plan.event.actor,
        "candidate": candidate,
        "mode": plan.mode.value,
        "base_commit": plan.base_commit,
        "base_tree": plan.base_tree,
        "evidence": plain(plan.evidence),
        "isolation": verdict.isolation,
        "fail_to_pass": list(verdict.fail_to_pass),
        "steps": plain(verdict.steps),
        "red": _run(verdict.red),
        "green": _run(verdict.green),
        "warnings": list(verdict.warnings),
    }


def _run(run: EvidenceRun | None) -> Json:
    if run is None:
        return None
    return {
        "exit_code": run.exit_code,
        "seconds": round(run.seconds, 3),
        "log": digest(run.output.encode("utf-8", "surrogateescape")),
        "runner": run.account.runner if run.account else "",
        "executed": plain(run.account.executed if run.account else ()),
    }
