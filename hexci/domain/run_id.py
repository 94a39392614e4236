"""The name of a run: sorts by time, and the same request always has the same one."""

import hashlib

from hexci.domain.plan import Plan


def run_id(plan: Plan) -> str:
    """`yyyymmddThhmmssZ-<12 hex>` from the event, the head, the plan's digest and the attempt.

    A repeated delivery of one event gives the same id, so it finds its own record and stops.
    """
    return stamped_id(
        plan.event.at, plan.event.id, plan.base_commit, plan.digest, str(plan.attempt)
    )


def stamped_id(at: str, *parts: str) -> str:
    """An id that sorts by `at` and is a pure function of all that is given."""
    stamp = at.replace("-", "").replace(":", "")
    return f"{stamp}-{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:12]}"
