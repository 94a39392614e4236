"""Step 2, protected paths: what a change may do to the evidence surface, in each mode."""

from dataclasses import dataclass

from hexci.domain.change import Change, ChangeKind, FileChange
from hexci.domain.gate.ruling import passed, refused
from hexci.domain.gate.surface import Conventions, Role, role_of
from hexci.domain.outcome import Outcome
from hexci.domain.plan import Mode
from hexci.domain.verdict import Step, StepResult


@dataclass(frozen=True, slots=True)
class Sorting:
    """A change taken apart: code, tests that the mode lets in, and what is put back to base.

    `restored` are paths of the evidence surface whose change is not let in; `byproducts` are
    caches that nobody meant to hand over. All are sorted.
    """

    production: tuple[str, ...]
    tests: tuple[str, ...]
    restored: tuple[str, ...]
    byproducts: tuple[str, ...]
    faults: tuple[str, ...]


def sort_change(change: Change, mode: Mode, conventions: Conventions) -> Sorting:
    """Every path of `change` by what the gate does with it."""
    groups: dict[str, list[str]] = {"production": [], "tests": [], "restored": [], "byproducts": []}
    faults = []
    for file in sorted(change.files, key=lambda f: f.path):
        role = role_of(file.path, conventions)
        fault = _fault_of(file, role, mode)
        if role is Role.BYPRODUCT:
            groups["byproducts"].append(file.path)
        elif fault:
            groups["restored"].append(file.path)
            faults.append(f"{file.path}: {fault}")
        elif role in (Role.TEST, Role.FIXTURE):
            groups["tests"].append(file.path)
        else:
            groups["production"].append(file.path)
    return Sorting(
        tuple(groups["production"]), tuple(groups["tests"]), tuple(groups["restored"]),
        tuple(groups["byproducts"]), tuple(faults),
    )  # fmt: skip


def judge_protected(sorting: Sorting) -> StepResult:
    """`protected_path` when the change touches the evidence surface in a way its mode forbids."""
    if sorting.faults:
        return refused(
            Step.PROTECTED, Outcome.PROTECTED_PATH, sorting.faults[0], faults=list(sorting.faults)
        )
    if not sorting.production and not sorting.tests:
        return refused(Step.PROTECTED, Outcome.NO_CHANGE, "the change holds nothing but caches")
    return passed(
        Step.PROTECTED,
        tests=list(sorting.tests),
        production=list(sorting.production),
        dropped=list(sorting.byproducts),
    )


def _fault_of(file: FileChange, role: Role, mode: Mode) -> str:
    match role:
        case Role.PRODUCTION | Role.BYPRODUCT:
            return ""
        case Role.TEST | Role.FIXTURE if file.kind is ChangeKind.ADDED:
            return ""
        case Role.TEST | Role.FIXTURE:
            return f"is evidence; a {mode} may add tests, not {_verb(file)} them"
        case Role.MANIFEST:
            return "configures the evidence"
        case Role.LOCK:
            return "pins what the evidence runs with"
        case Role.HARNESS:
            return f"is part of the evidence; a change may not {_verb(file)} it"


def _verb(file: FileChange) -> str:
    return {ChangeKind.ADDED: "add", ChangeKind.DELETED: "delete"}.get(file.kind, "edit")
