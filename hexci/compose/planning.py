"""Wires PLAN: a request and the base's config become a frozen plan."""

from typing import TYPE_CHECKING

from hexci.compose.candidates import reachable_candidates

if TYPE_CHECKING:
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import Quarters
    from hexci.domain.config import Config
    from hexci.domain.plan import Plan
    from hexci.ports.progress import Progress
    from hexci.usecases.plan_task import TaskRequest


def request_from_argv(**asked: object) -> "TaskRequest":
    """A request by whoever calls the command line, now; `asked` are fields of TaskRequest."""
    from hexci.adapters.machine.asker import argv_event
    from hexci.usecases.plan_task import TaskRequest

    return TaskRequest(event=argv_event(), **asked)  # type: ignore[arg-type]


def config_at(quarters: "Quarters", commit: str) -> "Config":
    """The trusted config of `commit`; the default where it has none."""
    from hexci.domain.config import Config
    from hexci.domain.config_path import CONFIG_PATH

    text = quarters.vault.read(quarters.vault.tree_of(commit), CONFIG_PATH)
    if text is None:
        return Config()
    from hexci.adapters.manifests.config import parse_config

    return parse_config(text)


def plan_of(  # noqa: PLR0913, PLR0917
    request: "TaskRequest",
    base: str,
    config: "Config",
    checkout: "Checkout",
    quarters: "Quarters",
    progress: "Progress",
) -> "Plan":
    """PLAN: the frozen plan of a request on `base`, told to `progress`."""
    from dataclasses import replace

    from hexci.usecases.plan_task import plan_task

    progress.stage("plan", request.task)
    dirty = checkout.dirty()
    if dirty:
        said = f"{len(dirty)} uncommitted paths are not part of the run (first: {dirty[0]})"
        request = replace(request, notes=(*request.notes, said))
    if not (request.candidates or config.candidates):
        found = reachable_candidates()
        specs = tuple(reach.spec for reach in found if reach.spec)
        request = replace(
            request,
            candidates=specs,
            notes=(*request.notes, f"candidates: {', '.join(r.told for r in found)}"),
        )
    commit = checkout.resolve(base)
    tree = quarters.vault.tree_of(commit)
    return plan_task(
        request,
        config=config,
        base_commit=commit,
        base_tree=tree,
        base_files=quarters.vault.files(tree),
    )
