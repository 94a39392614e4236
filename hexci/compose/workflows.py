"""Wires compiling systems to workflows, and telling where a workflow is no longer its system's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hexci.compose.manifests import read_from_work_tree, root_of

if TYPE_CHECKING:
    from hexci.adapters.manifests.library import Library
    from hexci.domain.finding import Finding
    from hexci.domain.law.caps import CapLayer
    from hexci.domain.outcome import Outcome
    from hexci.domain.workflow import Pin, Workflow

_FOLDER = ".github/workflows"


@dataclass(frozen=True, slots=True)
class Compiled:
    """A workflow as it should be and as it is.

    `expected` None: its system is gone; empty: it cannot be said before hexci's action is named.
    """

    path: str
    source: str
    expected: str | None
    current: str | None

    @property
    def differs(self) -> bool:
        """Whether the file has to be written or removed."""
        return self.expected != self.current


def compile_systems(manifests: Sequence[str], uses: str) -> tuple[Compiled, ...]:
    """Writes the workflow of every system in `manifests` (default: all); what was written.

    `uses` is hexci's own action; empty: what the file names already. Raises BadInputError for a
    manifest with faults, for a file of that name that is somebody else's, and where nobody has
    said which hexci the jobs are to run.
    """
    from hexci.errors import BadInputError

    root = root_of(Path.cwd())
    written = []
    for one in _compared(read_from_work_tree(manifests), uses):
        if not one.expected:
            raise BadInputError(f"{one.path} is not there yet, and names no hexci", _SAY)
        if one.differs:
            place = root / one.path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(one.expected, encoding="utf-8", newline="\n")
        written.append(one)
    return tuple(written)


def drift(library: "Library") -> "Iterator[Finding]":
    """Every workflow that is not what its system says, and every one whose system is gone."""
    from hexci.adapters.manifests.library import finding_at

    for one in (*_compared(library, ""), *_left_behind(library)):
        if not one.differs:
            continue
        if one.expected is None:
            said, fix = f"{one.source} has no such system any more", f"Remove it: git rm {one.path}"
        elif one.current is None:
            said, fix = f"{one.source} starts nothing: its workflow is not there", ""
        else:
            said, fix = f"it is not what {one.source} says", ""
        line = 0 if one.current is None else 1
        yield finding_at("MAN015", one.path, line, line, said, fix)


def _compared(library: "Library", uses: str) -> Iterator[Compiled]:
    from hexci.adapters.machine.jail import JailedFiles
    from hexci.adapters.workflows.writing import is_ours, write_workflow
    from hexci.domain.workflow import action_in, pins_in
    from hexci.errors import BadInputError

    jail = JailedFiles(root_of(Path.cwd()))
    for workflow in _workflows(library):
        raw = jail.read(workflow.path)
        current = None if raw is None else raw.decode("utf-8", "replace")
        if current is not None and not is_ours(current):
            raise BadInputError(
                f"{workflow.path} was not written by hexci",
                "Rename that file, or the system of the same name.",
            )
        if current is None and not uses and workflow.start.type == "manual":
            continue  # it may be meant for a person's own machine
        action = _action(uses) if uses else action_in(current or "")
        if action is None and current is None and not uses:
            yield Compiled(workflow.path, workflow.source, "", None)
            continue
        if action is None:
            raise BadInputError(f"{workflow.path} names no commit of hexci", _SAY)
        text = write_workflow(workflow, action, pins_in(current or ""))
        yield Compiled(workflow.path, workflow.source, text, current)


_SAY = "Say which: hexci system compile --uses OWNER/hexci@COMMIT (40 hex digits)"


def _action(uses: str) -> "Pin":
    from hexci.domain.workflow import parse_action
    from hexci.errors import BadInputError

    pin = parse_action(uses)
    if pin is None:
        raise BadInputError(f"--uses {uses} is no commit of an action", _SAY)
    return pin


def _workflows(library: "Library") -> "Iterator[Workflow]":
    from hexci.adapters.sinks.text import render
    from hexci.domain.finding import Report
    from hexci.errors import BadInputError
    from hexci.usecases.check_system import check_system
    from hexci.usecases.plan_workflow import plan_workflow

    systems = [system for file in library.shelf.files for system in library.shelf.systems(file)]
    faults = [fault for system in systems for fault in check_system(system, library.shelf)]
    findings = library.all_findings(faults)
    if findings:
        raise BadInputError(render(Report.of("system", findings)).rstrip())
    config = _config_caps()
    for system in systems:
        yield plan_workflow(system, library.shelf, config)


def _config_caps() -> "CapLayer | None":
    """What the work tree's config allows at most: compiled is what will be committed."""
    from hexci.adapters.machine.jail import JailedFiles
    from hexci.adapters.manifests.config import parse_config
    from hexci.domain.config_path import CONFIG_PATH

    text = JailedFiles(root_of(Path.cwd())).read(CONFIG_PATH)
    return None if text is None else parse_config(text).caps


def _left_behind(library: "Library") -> Iterator[Compiled]:
    from hexci.adapters.machine.jail import JailedFiles
    from hexci.adapters.workflows.writing import is_ours, source_of

    known = {workflow.path for workflow in _workflows(library)}
    jail = JailedFiles(root_of(Path.cwd()))
    for path in jail.below((_FOLDER,)):
        text = (jail.read(path) or b"").decode("utf-8", "replace")
        source = source_of(text)
        read = source in library.texts or jail.read(source) is None
        if is_ours(text) and path not in known and read:
            yield Compiled(path, source, None, text)


def check(manifests: Sequence[str]) -> "tuple[Outcome, str]":
    """Judges the workflows of all systems in `manifests` (default: all)."""
    from hexci.adapters.sinks.text import render
    from hexci.domain.finding import Report

    report = Report.of("system", drift(read_from_work_tree(manifests)))
    return report.outcome, render(report)
