"""Is what would land a legal step of the ledger?"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from hexci.domain.config_path import CONFIG_PATH
from hexci.domain.finding import Finding, Report
from hexci.domain.ledger.adoption import judge_policy
from hexci.domain.ledger.code import CodeChange
from hexci.domain.ledger.policy import LedgerPolicy
from hexci.domain.ledger.rules import citations, governs, heeded, quorum, shape, transition
from hexci.domain.ledger.rules.heeded import Heed
from hexci.domain.ledger.rules.quorum import Approvals
from hexci.domain.ledger.rules.table import judge_ledger
from hexci.domain.ledger.sides import Sides
from hexci.domain.ledger.step import Step
from hexci.errors import BadInputError
from hexci.ports.ledger import Difference, LedgerSource
from hexci.usecases.read_ledger import step_between


@dataclass(frozen=True, slots=True)
class Forge:
    """What only the forge knows of a pull request: its labels and approvals (None: unknown).

    `on_request` is whether a pull request is judged. A merge queue, a push and a laptop know of
    none: what depends on it was, or will be, judged there. `rivals` tells what other open
    requests add to the ledger, by the number of the request.
    """

    labels: frozenset[str] | None = None
    approvals: Approvals | None = None
    on_request: bool = False
    rivals: Callable[[], Iterable[tuple[int, str]]] = tuple


@dataclass(frozen=True, slots=True)
class Checked:
    """The step, the paths that changed anywhere, and the report on them."""

    step: Step
    paths: tuple[str, ...]
    report: Report


@dataclass(frozen=True, slots=True)
class Beside:
    """What a check may look at beside the records, each only when a record demands it.

    `symbol` gives the text of a symbol of a tree's file: (tree, path, symbol).
    """

    forge: Forge = field(default_factory=Forge)
    heed: Heed = field(default_factory=lambda: Heed(lambda: None))
    symbol: Callable[[str, str, str], bytes | None] = lambda *_: None


def check_ledger(
    sides: Sides,
    *,
    policies: tuple[LedgerPolicy, LedgerPolicy],
    source: LedgerSource,
    beside: Beside,
) -> Checked:
    """Judges the step from `sides.base_tree` to `sides.head_tree` by the base's policy.

    Raises BadInputError when something it needs cannot be had; that is never a pass.
    """
    differences = source.differences(sides.base_tree, sides.head_tree)
    step = step_between(sides, differences, policies=policies, source=source)
    code = _code(sides, differences, step, source, beside)
    forge = beside.forge
    findings = [
        *judge_ledger(step),
        *judge_policy(step, policies[1]),
        *governs.judge(step, code),
        *citations.judge(step, code),
        *heeded.judge(step, code, beside.heed),
        *transition.judge_bulk(step, forge.labels),
        *_quorum(step, forge),
        *(shape.judge_rivals(step, forge.rivals()) if any(step.added()) else ()),
    ]
    paths = tuple(row.path for row in differences)
    return Checked(step, paths, Report.of("adr", findings, _facts(sides, step, paths, policies)))


def _code(
    sides: Sides,
    differences: tuple[Difference, ...],
    step: Step,
    source: LedgerSource,
    beside: Beside,
) -> CodeChange:
    whole = CodeChange(
        files=lambda: source.files(sides.head_tree),
        before=partial(beside.symbol, sides.base_tree),
        after=partial(beside.symbol, sides.head_tree),
    )
    if not differences or not (step.new.records or step.old.records):
        return whole
    outside = [row for row in differences if not step.policy.is_inside(row.path)]
    return replace(
        whole,
        added=source.added_lines(sides.base_tree, sides.head_tree, step.policy.folder),
        gone=tuple(row.path for row in outside if row.new is None),
        changed=tuple(row.path for row in outside),
    )


def _quorum(step: Step, forge: Forge) -> Iterator[Finding]:
    if not step.policy.quorum or not forge.on_request or not any(quorum.deciding(step)):
        return
    if forge.approvals is None:
        raise BadInputError(
            "the config asks for a quorum, but who approved is not known here",
            "Give the step a token that may read pull requests: env: GITHUB_TOKEN",
        )
    yield from quorum.judge(step, forge.approvals)


def _facts(
    sides: Sides, step: Step, paths: tuple[str, ...], policies: tuple[LedgerPolicy, LedgerPolicy]
) -> Iterator[tuple[str, str]]:
    yield "compared", f"{sides.base} with {sides.head}"
    changed = sum(step.policy.holds_record(path) for path in step.changed)
    yield "records", f"{len(step.new.records)} in {step.policy.folder}, {changed} changed"
    if step.adopting:
        yield "adoption", "this change adopts the ledger; the rules apply from here on"
    if CONFIG_PATH in paths and policies[0] != policies[1]:
        yield "config", f"changed here; the change is judged by the one of {sides.base}"
    if not step.new.records and not step.new.faults:
        yield "note", "there is no record yet: hexci adr new 'Title'"
