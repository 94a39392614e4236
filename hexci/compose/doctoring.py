"""Wires `hexci doctor`: what works on this machine, and the repository's workflows."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hexci.adapters.machine.jail import JailedFiles
    from hexci.domain.finding import Finding, Report
    from hexci.domain.outcome import Outcome
    from hexci.domain.symptom import Symptom

WORKFLOWS = ".github/workflows"
_ACTIONS = ("action.yml", "action.yaml")


def doctor(files: Sequence[str], format_name: str) -> "tuple[Outcome, str]":
    """What works here and what is wrong with the workflows; outcome and what to print.

    With `files` only these are looked at; `sarif` and `github` tell of workflows only. Raises
    BadInputError for a path that is no file of the repository.
    """
    from hexci.adapters.sinks.symptoms import as_document, as_text
    from hexci.domain.symptom import outcome_of

    report = audit(files)
    if files or format_name in {"sarif", "github"}:
        from hexci.adapters.sinks.report import render

        return report.outcome, render(report, format_name)
    symptoms = examined()
    write = as_document if format_name == "json" else as_text
    return outcome_of(symptoms, report), write(symptoms, report)


def audit(files: Sequence[str]) -> "Report":
    """The workflows and composite actions in `files` (default: all) against the rules."""
    from hexci.adapters.machine.jail import JailedFiles
    from hexci.compose.manifests import root_of, work_tree_name
    from hexci.domain.finding import Report
    from hexci.domain.workflows.judging import unreadable
    from hexci.errors import BadInputError

    jail = JailedFiles(root_of(Path.cwd()))
    found: list[Finding] = []
    names = [work_tree_name(path) for path in files] or _all_of(jail)
    for name in names:
        text = jail.read(name)
        if text is not None:
            found += judged(name, text)
        elif files:
            raise BadInputError(f"{name} is no regular file of this repository", "Name a workflow.")
        else:
            found.append(unreadable(name, "this is no regular file; GitHub reads no link", 1, 1))
    return Report.of("doctor", found, [("workflows", str(len(names)))])


def examined() -> "tuple[Symptom, ...]":
    """What was looked at on this machine."""
    from hexci.adapters.machine.examination import examine_bash, examine_git, examine_python
    from hexci.compose.candidates import reachable_candidates
    from hexci.compose.evidence import build_sandbox
    from hexci.domain.symptom import candidate_symptom, isolation_symptom

    return (
        examine_git(),
        examine_python(),
        examine_bash(),
        isolation_symptom(build_sandbox(None).level),
        *(candidate_symptom(reach) for reach in reachable_candidates()),
        _config(),
    )


def _all_of(jail: "JailedFiles") -> list[str]:
    own = [name for name in _ACTIONS if jail.read(name) is not None]
    return [*jail.below((WORKFLOWS,)), *own, *jail.named(".github/actions", _ACTIONS)]


def judged(name: str, text: bytes) -> "tuple[Finding, ...]":
    """What is wrong with one file of workflows."""
    import re

    from hexci.adapters.manifests.yaml_nodes import read_all
    from hexci.compose.boundaries import today
    from hexci.domain.workflows.judging import judge, unreadable
    from hexci.domain.workflows.source import Source
    from hexci.errors import BadInputError

    try:
        documents = read_all(text, name)
    except BadInputError as error:
        place = re.match(rf"{re.escape(name)}:(\d+):(\d+): (.*)", error.message, re.DOTALL)
        if place is None:
            return (unreadable(name, error.message, 1, 1),)
        return (unreadable(name, place[3], int(place[1]), int(place[2])),)
    if len(documents) != 1:
        return (unreadable(name, f"one document is expected; here are {len(documents)}", 1, 1),)
    document = documents[0]
    source = Source(name, document.data, document.place, text.decode("utf-8"))
    return judge(source, today())


def _config() -> "Symptom":
    from hexci.adapters.machine.jail import JailedFiles
    from hexci.adapters.manifests.config import parse_config
    from hexci.compose.manifests import root_of
    from hexci.domain.config_path import CONFIG_PATH
    from hexci.domain.symptom import Health, Symptom, config_symptom
    from hexci.errors import BadInputError

    text = JailedFiles(root_of(Path.cwd())).read(CONFIG_PATH)
    try:
        return config_symptom(None if text is None else parse_config(text))
    except BadInputError as error:
        return Symptom("config", Health.BROKEN, error.message, error.hint)
