"""Wires the bench of reviews: seeded defects and their clean twins, by lenses without a model."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from hexci.compose.candidates import Tape
from hexci.compose.planning import request_from_argv
from hexci.compose.review import hunt

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hexci.adapters.reviewbench.report import Looked
    from hexci.adapters.reviewbench.seeded import Bug, Project

_GATE = "python -m pytest -q"


def bench_review(only: "Sequence[str]", *, as_json: bool) -> str:
    """Reviews every seeded project, or those of the names in `only`, without a model."""
    from hexci.adapters.reviewbench.report import as_document, as_text
    from hexci.adapters.reviewbench.seeded import seeded_projects

    looked: list[Looked] = []
    for project in seeded_projects():
        for bug, before in _twins(project):
            name = f"{project.name}/{bug.name if bug else 'clean'}"
            if bug is None and before:
                name += " refactored"
            if not only or any(one in {name.partition(" ")[0], project.name} for one in only):
                files = bug.files if bug else project.files
                looked.append(_reviewed(name, files, before, bug))
    return json.dumps(as_document(looked), indent=1) + "\n" if as_json else as_text(looked)


def _twins(project: "Project") -> "list[tuple[Bug | None, Mapping[str, str]]]":
    """(bug or None for clean, the project before where it is a refactoring)."""
    clean: list[tuple[Bug | None, Mapping[str, str]]] = [(None, {})]
    clean += [(None, bug.before) for bug in project.bugs if bug.before]
    return [*clean, *((bug, bug.before) for bug in project.bugs)]


def _reviewed(
    name: str, files: "Mapping[str, str]", before: "Mapping[str, str]", bug: "Bug | None"
) -> "Looked":
    import tempfile

    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.demo_repository import commit_all, make_repository
    from hexci.adapters.git.quarters import quarters_for
    from hexci.adapters.machine.clock import SystemClock
    from hexci.adapters.reviewbench.report import Looked, finds
    from hexci.domain.plan import Mode
    from hexci.errors import HexciError
    from hexci.usecases.review_by_search import SEARCHES

    mode = Mode.REFACTOR if before else Mode.FEATURE
    lenses = (*SEARCHES, "differences") if before else SEARCHES
    request = request_from_argv(task="review", evidence=_GATE, mode=mode, candidates=("repair",))
    began = SystemClock().monotonic()
    with tempfile.TemporaryDirectory(prefix="hexci-bench-") as place:
        folder = Path(place).resolve() / "project"
        make_repository(folder, before or files)
        for path, text in files.items():
            (folder / path).write_text(text, "utf-8")
        if before:
            commit_all(folder, "Refactor")
        checkout = Checkout.at(folder)
        target = "HEAD^..HEAD" if before else "."
        with quarters_for(checkout) as quarters:
            hunted = hunt(request, target, ("HEAD", "HEAD"), lenses, Tape(), checkout, quarters)
    if hunted.found is None:
        raise HexciError(f"{name}: the tests notice it by themselves\n{hunted.red}")
    proven = [one.claim for one in hunted.found.confirmed]
    mine = [claim for claim in proven if bug is not None and finds(bug, claim)]
    return Looked(
        name,
        bug,
        tuple(sorted({claim.lens for claim in mine})),
        tuple(f"{c.lens} {c.path}:{c.line} {c.title}" for c in proven if c not in mine),
        tuple(r.lens for r in hunted.found.lenses if not r.status.answered),
        SystemClock().monotonic() - began,
    )
