"""The verbs that write: each makes an edit of files, and no illegal edit is saved."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from hexci.domain.finding import Finding, Report, Severity
from hexci.domain.ledger.adoption import is_adopting, moves_empty
from hexci.domain.ledger.body import amended, entry_of
from hexci.domain.ledger.code import CodeChange
from hexci.domain.ledger.drafts import draft, new_id, slug_of
from hexci.domain.ledger.front_matter import Value
from hexci.domain.ledger.index import render_index
from hexci.domain.ledger.policy import LedgerPolicy
from hexci.domain.ledger.record import Record, is_id
from hexci.domain.ledger.rules import governs
from hexci.domain.ledger.rules.table import judge_ledger
from hexci.domain.ledger.status import Status
from hexci.domain.ledger.step import Ledger, Step
from hexci.errors import BadInputError
from hexci.ports.ledger import LedgerDesk
from hexci.usecases.read_ledger import ledger_of_files

Edit = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Writing:
    """What a verb works on: the base's ledger and policy, and the work tree's files.

    `work_policy` is the work tree's config: it counts only for an adoption. `tracked` lists the
    paths that governs globs may match, `symbol` the text of a (path, symbol) among them.
    """

    before: Ledger
    files: Mapping[str, bytes | None]
    base_policy: LedgerPolicy
    work_policy: LedgerPolicy
    base: str
    today: str
    tracked: Callable[[], tuple[str, ...]]
    symbol: Callable[[str, str], bytes | None]

    @property
    def adopting(self) -> bool:
        """Whether this work tree is about to adopt its ledger."""
        return is_adopting(self.before, self.base_policy, self.work_policy)

    @property
    def policy(self) -> LedgerPolicy:
        """By which the edit will be judged when it lands."""
        moves = moves_empty(self.before, self.base_policy, self.work_policy)
        return self.work_policy if self.adopting or moves else self.base_policy

    def now(self) -> Ledger:
        """The work tree's ledger."""
        return ledger_of_files(self.files, self.policy)

    def record(self, record_id: str) -> Record:
        """The record of an id in the work tree. Raises BadInputError when there is none."""
        name = record_id.rpartition("/")[2].removesuffix(".md")
        path = self.policy.path_of(name)
        ledger = self.now()
        if path in ledger.faults:
            fault = ledger.faults[path]
            raise BadInputError(f"{path}:{fault.line}: {fault.message}")
        if path in ledger.records:
            return ledger.records[path]
        near = sorted(r.id for r in ledger.records.values() if name and name in r.id)
        if len(near) == 1 and is_id(name):
            return next(r for r in ledger.records.values() if r.id == near[0])
        if near:
            said = f"{name!r} names {len(near)} records"
            raise BadInputError(said, f"Which one: {', '.join(near[:5])}?")
        raise BadInputError(
            f"there is no record {name!r} in {self.policy.folder}", "See: hexci adr list"
        )


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a new record says about itself."""

    title: str
    slug: str = ""
    deciders: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    amends: tuple[str, ...] = ()
    governs: tuple[str, ...] = ()
    enforce: str = ""
    verify: str = ""
    reopen_when: str = ""
    tags: tuple[str, ...] = ()


def propose(asked: Proposal, *, writing: Writing) -> Edit:
    """A new record, as a proposal."""
    known = {*writing.before.records, *writing.before.faults, *writing.files}
    slug = slug_of(asked.slug or asked.title)
    record_id = new_id(slug, writing.today, writing.policy, known)
    path = writing.policy.path_of(record_id)
    if path in known:
        raise BadInputError(f"{path} is there already", "Use other words: --slug other-words")
    header: dict[str, Value] = {
        "id": record_id,
        "status": Status.PROPOSED.value,
        "date": writing.today,
        "deciders": asked.deciders,
        "supersedes": tuple(writing.record(one).id for one in asked.supersedes),
        "amends": tuple(writing.record(one).id for one in asked.amends),
        "governs": asked.governs,
        "enforce": asked.enforce,
        "verify": asked.verify,
        "epoch": writing.policy.current_epoch,
        "tags": asked.tags,
        "reopen-when": asked.reopen_when,
    }
    return {path: draft(path, asked.title, header).written()}


def accept(record_id: str, *, writing: Writing) -> Edit:
    """A proposal accepted, and both sides of every link that it makes."""
    return _accepted(_moving(writing.record(record_id), Status.ACCEPTED), writing)


def supersede(old_id: str, new_id_: str, *, writing: Writing) -> Edit:
    """The proposal NEW accepted in place of OLD, written on both sides."""
    old, new = writing.record(old_id), writing.record(new_id_)
    if new.status is not Status.PROPOSED:
        raise BadInputError(
            f"{new.id} is {new.status}: only a proposal can take the place of {old.id}",
            f'Propose it: hexci adr new "..." --supersedes {old.id}',
        )
    named = new.items("supersedes")
    linked = new if old.id in named else new.having(supersedes=(*named, old.id))
    return _accepted(linked, writing)


def settle(record_id: str, status: Status, because: str = "", *, writing: Writing) -> Edit:
    """A record at another status, with the reason as an amendment when one is given."""
    record = _moving(writing.record(record_id), status).having(status=status.value)
    if because:
        record = _noted(record, writing.today, "clarification", because)
    return {record.path: record.written()}


def complete(record_id: str, evidence: str, *, writing: Writing) -> Edit:
    """An accepted record completed, with the evidence that earned it as an amendment."""
    record = _moving(writing.record(record_id), Status.COMPLETED)
    record = record.having(status=Status.COMPLETED.value)
    return {record.path: _noted(record, writing.today, "evidence", evidence).written()}


def amend(record_id: str, kind: str, text: str, *, writing: Writing) -> Edit:
    """A record with one more dated amendment at its end."""
    if not text.strip():
        raise BadInputError("an amendment says something", 'Write: --erratum "what is right"')
    record = writing.record(record_id)
    return {record.path: _noted(record, writing.today, kind, text).written()}


def reindex(*, writing: Writing) -> Edit:
    """The index, as the records make it."""
    return {writing.policy.index_path: _index(writing, writing.now())}


def save(edit: Edit, *, writing: Writing, desk: LedgerDesk) -> Report:
    """Judges the edit and writes all of it, with the index, unless a rule says no.

    Only findings at the edited files stop it: what else is wrong was so before.
    """
    files = {**writing.files, **{path: text.encode() for path, text in edit.items()}}
    policy = writing.policy
    ledger = ledger_of_files(files, policy)
    whole = dict(edit)
    if policy.index_path in writing.files and policy.index_path not in edit:
        whole[policy.index_path] = _index(writing, ledger)
    ledger = replace(ledger, index=whole.get(policy.index_path, ledger.index))
    findings = [f for f in _judged(ledger, writing) if f.path in whole]
    report = Report.of("adr", findings, [("written", path) for path in sorted(whole)])
    if any(finding.severity is Severity.ERROR for finding in findings):
        return report._replace(facts=(("nothing written", "the change would not be legal"),))
    desk.write({path: text.encode() for path, text in whole.items()})
    return report._replace(facts=(*report.facts, ("next", _next(edit, ledger, writing))))


def _next(edit: Edit, ledger: Ledger, writing: Writing) -> str:
    """What its user does now."""
    new = [p for p in edit if p in ledger.records and p not in writing.before.records]
    if new:
        name = ledger.records[new[0]].id
        return f"fill in its sections and land it; in a later change: hexci adr accept {name}"
    return f"git add {writing.policy.folder}, and land it"


def _judged(ledger: Ledger, writing: Writing) -> list[Finding]:
    paths = {*ledger.records, *ledger.faults, *writing.before.records, *writing.before.faults}
    changed = sorted(path for path in paths if _differs(path, writing.before, ledger))
    step = Step(
        writing.before,
        ledger,
        tuple(changed),
        writing.policy,
        adopting=writing.adopting,
        base=writing.base,
    )
    code = CodeChange(files=writing.tracked, after=writing.symbol)
    return [*judge_ledger(step), *governs.judge(step, code)]


def _differs(path: str, before: Ledger, now: Ledger) -> bool:
    same = before.records.get(path) == now.records.get(path)
    return not same or before.faults.get(path) != now.faults.get(path)


def _moving(record: Record, status: Status) -> Record:
    """The record, when it is not where it should go. Raises BadInputError when it is."""
    if record.status is status:
        raise BadInputError(f"{record.id} is {status} already", f"See: hexci adr show {record.id}")
    return record


def _accepted(record: Record, writing: Writing) -> Edit:
    accepted = record.having(status=Status.ACCEPTED.value)
    edit = {accepted.path: accepted.written()}
    for other_id in record.items("supersedes"):
        old = writing.record(other_id).having(
            status=Status.SUPERSEDED.value, superseded_by=record.id
        )
        edit[old.path] = old.written()
    for other_id in record.items("amends"):
        old = writing.record(other_id)
        named = old.items("amended-by")
        if record.id not in named:
            edit[old.path] = old.having(amended_by=(*named, record.id)).written()
    return edit


def _noted(record: Record, today: str, kind: str, text: str) -> Record:
    return replace(record, body=amended(record.body, entry_of(today, kind, text)))


def _index(writing: Writing, ledger: Ledger) -> str:
    return render_index(ledger.records.values(), writing.policy, writing.before.index)
