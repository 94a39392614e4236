"""Where somebody asks from: branch, event and labels of a workflow job, or a person's shell."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hexci.domain.law.governance import Attributes
from hexci.domain.lineage import Lineage
from hexci.domain.manifests.triggers import TRIGGERS

# Bytes of an event's payload that are read: GitHub sends at most 25 MB.
_MOST = 26_000_000


def place_of(environment: Mapping[str, str], branch: str) -> Attributes:
    """The attributes of this call; `branch` is the checkout's, where no job names one."""
    event = environment.get("GITHUB_EVENT_NAME", "") or "argv"
    named = environment.get("GITHUB_HEAD_REF") or environment.get("GITHUB_REF_NAME")
    payload = _payload(environment)
    subject = payload.get("pull_request") or payload.get("issue") or {}
    labels = subject.get("labels") if isinstance(subject, dict) else None
    names = [label.get("name") for label in labels or () if isinstance(label, dict)]
    return Attributes(
        branch=named or branch, event=event, labels=tuple(n for n in names if isinstance(n, str))
    )


def role_by_event(environment: Mapping[str, str]) -> str:
    """What whoever started this may do, where nobody can be asked.

    In a person's own shell: everything. In a workflow job: `write` for events that nobody else
    can cause, `none` for those that anybody can.
    """
    if environment.get("GITHUB_ACTIONS") != "true":
        return "admin"
    event = environment.get("GITHUB_EVENT_NAME", "")
    if event.startswith("pull_request"):
        return "read" if _from_fork(_payload(environment)) else "write"
    if event in {"schedule", "workflow_dispatch"}:
        return "write"
    trigger = TRIGGERS.get(event)
    return "write" if trigger is not None and not trigger.strangers else "none"


def lineage_of(environment: Mapping[str, str]) -> Lineage:
    """The chain of events that this job is part of; a new one where it is not."""
    if environment.get("GITHUB_EVENT_NAME") != "repository_dispatch":
        return Lineage()
    match _payload(environment).get("client_payload"):
        case {"run": str(run), "root": str(root), "depth": int(depth)}:
            return Lineage(run, root, depth)
    return Lineage()


def _from_fork(payload: Mapping[str, Any]) -> bool:
    match payload.get("pull_request"):
        case {"head": {"repo": {"id": int(head)}}, "base": {"repo": {"id": int(base)}}}:
            return head != base
    return True


def _payload(environment: Mapping[str, str]) -> dict[str, Any]:
    place = environment.get("GITHUB_EVENT_PATH", "")
    if not place:
        return {}
    try:
        with Path(place).open("rb") as file:
            value = json.loads(file.read(_MOST))
    except (OSError, ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
