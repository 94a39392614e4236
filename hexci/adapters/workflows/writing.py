"""A workflow as the text of its file. The same workflow is always the same text."""

import re
from collections.abc import Mapping
from typing import Any

import yaml

from hexci.domain.manifests.triggers import grouped
from hexci.domain.workflow import CHECKOUT, DOWNLOAD, HERE, UPLOAD, Job, Pin, Workflow

_MARK = "# Written by `hexci system compile`"
_RUNNER = "ubuntu-24.04"
_IGNORED = "# zizmor: ignore[self-repository] what was checked out is the default branch"
# Folders of what a process hands on and is handed; the Action knows them too.
_GIVEN = "${{ runner.temp }}/hexci-given"
_TAKEN = "${{ runner.temp }}/hexci-taken"


def write_workflow(workflow: Workflow, action: Pin, pins: Mapping[str, Pin]) -> str:
    """The file's text. `action` is hexci's own; `pins` replace our commits of other actions."""
    body = {
        "name": f"hexci-{workflow.system}",
        "on": _on(workflow),
        "permissions": {},
        "jobs": {job.name: _Jobs(workflow, action, pins).written(job) for job in workflow.jobs},
    }
    text = yaml.dump(body, Dumper=_Plain, sort_keys=False, width=100, allow_unicode=True)
    text = re.sub(r"(?m)^'on':", "on:", text)
    text = re.sub(r"(?m)^(\S+:)", r"\n\1", text)
    used = {pin.uses: pin for pin in (action, *(pins.get(p.name, p) for p in _OTHERS))}
    for uses, pin in used.items():
        remark = _IGNORED if pin == HERE else f"# {pin.version}" if pin.version else ""
        if remark:
            text = re.sub(rf"(?m)(uses: {re.escape(uses)})$", rf"\1 {remark}", text)
    head = f"{_MARK} from {workflow.source}; what is changed here is lost.\n"
    return head + text


def is_ours(text: str) -> bool:
    """Whether the file was written by us."""
    return text.startswith(_MARK)


def source_of(text: str) -> str:
    """The manifest that a workflow of ours was written from."""
    return text.partition("\n")[0].removeprefix(f"{_MARK} from ").partition(";")[0]


_OTHERS = (CHECKOUT, UPLOAD, DOWNLOAD)


class _Plain(yaml.SafeDumper):
    """Without anchors, and lists indented below their key."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        super().increase_indent(flow, False)


def _on(workflow: Workflow) -> dict[str, Any]:
    start = workflow.start
    triggers: dict[str, Any] = {}
    if start.type == "schedule":
        triggers["schedule"] = [{"cron": start.cron}]
    for event, activities in grouped(start.on).items():
        triggers[event] = {"types": list(activities)} if activities else None
    triggers["workflow_dispatch"] = None
    return triggers


class _Jobs:
    def __init__(self, workflow: Workflow, action: Pin, pins: Mapping[str, Pin]) -> None:
        self._workflow = workflow
        self._action = action
        self._pins = pins

    def written(self, job: Job) -> dict[str, Any]:
        body: dict[str, Any] = {}
        if job.needs:
            body["needs"] = list(job.needs)
        body |= {"runs-on": _RUNNER, "timeout-minutes": job.minutes}
        body["permissions"] = dict(job.permissions)
        body["concurrency"] = {"group": self._group(job), "cancel-in-progress": False}
        if job.items:
            matrix = {"item": list(range(job.items))}
            body["strategy"] = {"fail-fast": True, "matrix": matrix}
        if job.gives:
            body["outputs"] = {
                "pipes": "${{ steps.process.outputs.pipes }}",
                "handed": "${{ steps.process.outputs.handed }}",
            }
        body["steps"] = self._steps(job)
        return body

    def _steps(self, job: Job) -> list[dict[str, Any]]:
        checkout: dict[str, Any] = {"persist-credentials": False}
        if job.history:
            checkout["fetch-depth"] = 0
        steps = [{"uses": self._pinned(CHECKOUT), "with": checkout}]
        steps += [self._download(giver) for giver in job.piped]
        steps.append(self._process(job))
        if job.gives:
            steps.append(self._upload(job))
        return steps

    def _process(self, job: Job) -> dict[str, Any]:
        given: dict[str, Any] = {
            "system": self._workflow.source,
            "system-name": self._workflow.system,
            "process": job.name,
        }
        if job.items:
            given["item"] = "${{ matrix.item }}"
        if job.piped:
            given["pipes"] = "${{ toJSON(needs) }}"
        step: dict[str, Any] = {"id": "process", "uses": self._action.uses, "with": given}
        if job.secrets:
            step["env"] = {name: f"${{{{ secrets.{name} }}}}" for name in job.secrets}
        return step

    def _upload(self, job: Job) -> dict[str, Any]:
        item = ".${{ matrix.item }}" if job.items else ""
        return {
            "if": "steps.process.outputs.handed == 'true'",
            "uses": self._pinned(UPLOAD),
            "with": {
                "name": f"hexci-{self._workflow.system}.{job.name}{item}",
                "path": _GIVEN,
                "overwrite": True,
                "retention-days": 7,
            },
        }

    def _download(self, giver: str) -> dict[str, Any]:
        name = f"hexci-{self._workflow.system}.{giver}"
        source = next(job for job in self._workflow.jobs if job.name == giver)
        chosen: dict[str, Any] = {"name": name}
        if source.items:
            chosen = {"pattern": f"{name}.*", "merge-multiple": True}
        return {
            "if": f"needs.{giver}.outputs.handed == 'true'",
            "uses": self._pinned(DOWNLOAD),
            "with": {**chosen, "path": _TAKEN},
        }

    def _pinned(self, pin: Pin) -> str:
        return self._pins.get(pin.name, pin).uses

    def _group(self, job: Job) -> str:
        item = "-${{ matrix.item }}" if job.items else ""
        about = ""
        if self._workflow.start.type == "event":
            number = "github.event.pull_request.number || github.event.issue.number"
            about = f"-${{{{ {number} || github.ref }}}}"
        return f"hexci-{self._workflow.system}-{job.name}{item}{about}"
