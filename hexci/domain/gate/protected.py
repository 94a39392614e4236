"""Step 2, protected paths: what a change may do to the evidence surface, in each mode."""

from collections.abc import Collection
from dataclasses import dataclass

from hexci.domain.change import Change, ChangeKind, FileChange
from hexci.domain.gate.inline import inline_fault
from hexci.domain.gate.locks import lock_fault
from hexci.domain.gate.manifests import manifest_fault
from hexci.domain.gate.renames import follows_renames
from hexci.domain.gate.ruling import passed, refused
from hexci.domain.gate.shadows import shadow_fault
from hexci.domain.gate.strength_python import added_fault, shapes_of, weakening
from hexci.domain.gate.strength_text import added_text_fault, text_weakening
from hexci.domain.gate.surface import Conventions, Role, role_of
from hexci.domain.globs import matches
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


def sort_change(
    change: Change, mode: Mode, conventions: Conventions, base: Collection[str] = ()
) -> Sorting:
    """Every path of `change` by what the gate does with it; `base` are all paths of base."""
    sorter = _Sorter(change, mode, conventions, base)
    groups: dict[str, list[str]] = {"production": [], "tests": [], "restored": [], "byproducts": []}
    faults = []
    for file in sorted(change.files, key=lambda f: f.path):
        role = role_of(file.path, conventions)
        fault = sorter.fault_of(file, role)
        if role is Role.BYPRODUCT:
            groups["byproducts"].append(file.path)
        elif fault:
            groups["restored"].append(file.path)
            faults.append(f"{file.path}: {fault}")
        else:
            group = "tests" if role in (Role.TEST, Role.FIXTURE) else "production"
            groups[group].append(file.path)
    kept = {name: tuple(paths) for name, paths in groups.items()}
    return Sorting(**kept, faults=tuple(faults))


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


class _Sorter:
    """Judges one file of a change in the light of all the others."""

    def __init__(
        self, change: Change, mode: Mode, conventions: Conventions, base: Collection[str]
    ) -> None:
        self._mode = mode
        self._doctests = conventions.doctests
        self._conventions = conventions
        self._touched = set(change.paths)
        self._before = base
        gone = {f.path for f in change.files if f.kind is ChangeKind.DELETED}
        self._after = (set(base) | self._touched) - gone
        by_role: dict[Role, list[FileChange]] = {role: [] for role in Role}
        for file in change.files:
            by_role[role_of(file.path, conventions)].append(file)
        self._production = by_role[Role.PRODUCTION]
        self._tests = by_role[Role.TEST]
        self._moved = frozenset[str]().union(
            *(shapes_of(f.after or b"") for f in self._tests if f.path.endswith(".py"))
        )

    def fault_of(self, file: FileChange, role: Role) -> str:
        """Why `file` is refused, empty when it is not."""
        if file.kind is ChangeKind.ADDED and (
            fault := shadow_fault(file.path, self._before, self._after)
        ):
            return fault
        match role:
            case Role.BYPRODUCT:
                return ""
            case Role.PRODUCTION if file.path.rsplit("/", 1)[-1] == ".gitignore":
                return self._ignoring_fault(file)
            case Role.PRODUCTION:
                doctests = self._doctests
                return inline_fault(file.path, file.before, file.after, doctests=doctests)
            case Role.MANIFEST:
                return manifest_fault(file.path, file.before, file.after)
            case Role.LOCK:
                return lock_fault(file.path, file.before, file.after, self._touched)
            case Role.HARNESS:
                return f"is part of the evidence; a change may not {_verb(file)} it"
        return self._evidence_fault(file, role)

    def _ignoring_fault(self, file: FileChange) -> str:
        """Whether git would no longer see some of the evidence."""
        new = set((file.after or b"").decode("utf-8", "replace").splitlines())
        new -= set((file.before or b"").decode("utf-8", "replace").splitlines())
        globs = [line.strip() for line in new if line.strip() and line[0] not in "#!"]
        folder = file.path.removesuffix(".gitignore")
        for path in sorted(self._before):
            below = path.removeprefix(folder)
            folders = [
                below,
                *(f"{'/'.join(below.split('/')[:n])}" for n in range(1, below.count("/") + 1)),
            ]
            hidden = any(matches(place, [g.rstrip("/") for g in globs]) for place in folders)
            if (
                path.startswith(folder)
                and hidden
                and (role_of(path, self._conventions) is not Role.PRODUCTION)
            ):
                return f"has git ignore {path}, which is evidence"
        return ""

    def _evidence_fault(self, file: FileChange, role: Role) -> str:
        if file.after is None:
            return "" if self._all_moved(file) else f"is evidence; a {self._mode} may not delete it"
        if file.before is None:
            return _new_test_fault(file) if role is Role.TEST else ""
        if role is Role.FIXTURE:
            return f"is evidence; a {self._mode} may add to it, not edit it"
        if follows_renames(file.before, file.after, self._production):
            return ""
        if file.path.endswith((".py", ".pyi")):
            return weakening(file.before, file.after, self._moved)
        return text_weakening(file.path, file.before, file.after)

    def _all_moved(self, file: FileChange) -> bool:
        """Whether another test file of the change has all that this one had."""
        others = [f for f in self._tests if f.kind is ChangeKind.ADDED and f.after is not None]
        before = file.before or b""
        if any(
            f.after == before or follows_renames(before, f.after or b"", self._production)
            for f in others
        ):
            return True
        shapes = shapes_of(before)
        return file.path.endswith(".py") and bool(shapes) and shapes <= self._moved


def _new_test_fault(file: FileChange) -> str:
    content = file.after or b""
    if file.path.endswith(".py"):
        return added_fault(content)
    return added_text_fault(file.path, content)


def _verb(file: FileChange) -> str:
    return {ChangeKind.ADDED: "add", ChangeKind.DELETED: "delete"}.get(file.kind, "edit")
