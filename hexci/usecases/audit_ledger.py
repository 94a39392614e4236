"""Was every landing of the protected branch a legal step?"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from hexci.domain.config_path import CONFIG_PATH
from hexci.domain.finding import Finding, Report, Severity
from hexci.domain.ledger.adoption import is_adopting, judge_policy, moves_empty
from hexci.domain.ledger.policy import LedgerPolicy
from hexci.domain.ledger.record import Fault, Record, read_record
from hexci.domain.ledger.rules.table import judge_ledger
from hexci.domain.ledger.rules.transition import judge_bulk
from hexci.domain.ledger.step import Ledger, Step
from hexci.errors import BadInputError
from hexci.ports.ledger import Difference, Entry, Landing, LedgerHistory, LedgerSource
from hexci.usecases.read_ledger import kept_by, ledger_of_files


@dataclass(frozen=True, slots=True)
class JudgedLanding:
    """One landing and what is wrong with it."""

    landing: Landing
    findings: tuple[Finding, ...]

    @property
    def illegal(self) -> bool:
        """Whether any finding is an error."""
        return any(f.severity is Severity.ERROR for f in self.findings)


@dataclass(slots=True)
class _State:
    """The fold so far."""

    policy: LedgerPolicy
    ledger: Ledger = field(default_factory=Ledger)
    entries: dict[str, Entry] = field(default_factory=dict)

    def seen_by(self, policy: LedgerPolicy, reader: "_Reader") -> Ledger:
        """The ledger as another policy sees it: read anew when it looks elsewhere."""
        if _view(policy) == _view(self.policy):
            return self.ledger
        return reader.ledger(self.entries.values(), policy)


def audit_ledger(
    head: str,
    *,
    policy: LedgerPolicy,
    read_policy: Callable[[bytes], LedgerPolicy],
    history: LedgerHistory,
    source: LedgerSource,
) -> Report:
    """The first illegal step of each record, with its landing. `policy` is that of `head`."""
    landings = list(history.landings(head, (policy.folder, CONFIG_PATH)))
    judged = list(judge_landings(landings, policy, read_policy=read_policy, source=source))
    illegal = [one for one in judged if one.illegal]
    facts = [
        ("landings", f"{len(landings)} touch {policy.folder}, {len(judged)} judged"),
        ("illegal", f"{len(illegal)} landings"),
        ("not judged here", "ADR008, ADR009, ADR011, ADR014: they concern the code and the forge"),
    ]
    return Report.of("adr audit", _first_of_each(judged), facts)


def judge_landings(
    landings: Iterable[Landing],
    policy: LedgerPolicy,
    *,
    read_policy: Callable[[bytes], LedgerPolicy],
    source: LedgerSource,
) -> Iterator[JudgedLanding]:
    """Every landing from the adoption on (from the first, when nothing was adopted)."""
    kept = list(landings)
    blobs = source.contents(_needed(kept, policy))
    state = _State(LedgerPolicy(folder=policy.folder, index=policy.index))
    waits = bool(policy.adopted)
    reader = _Reader(blobs)
    for landing in kept:
        after = _policy_after(landing, state.policy, blobs, read_policy)
        step = _step(landing, state, after, reader)
        waits = waits and not after.adopted
        if not waits:
            errors = [*judge_ledger(step), *judge_policy(step, after)]
            # the label that allows a bulk step is not in git: it is told, not failed
            bulk = (f._replace(severity=Severity.NOTE) for f in judge_bulk(step, None))
            yield JudgedLanding(landing, (*errors, *bulk))
        entries = dict(state.entries)
        for row in landing.differences:
            if row.new is None:
                entries.pop(row.path, None)
            else:
                entries[row.path] = row.new
        landed = _State(step.policy, step.new, entries)
        state = _State(after, landed.seen_by(after, reader), entries)


class _Reader:
    """Records by path and blob, each read once."""

    def __init__(self, blobs: Mapping[str, bytes]) -> None:
        self._blobs = blobs
        self._read: dict[tuple[str, str], Record | Fault] = {}

    def ledger(self, entries: Iterable[Entry], policy: LedgerPolicy) -> Ledger:
        """The ledger that these files are to a policy."""
        files = {
            entry.path: self._blobs[entry.sha] if entry.is_regular else None
            for entry in entries
            if kept_by(entry.path, policy)
        }
        return ledger_of_files(files, policy)

    def content(self, sha: str) -> bytes:
        return self._blobs[sha]

    def record(self, path: str, sha: str) -> Record | Fault:
        known = self._read.get((path, sha))
        if known is None:
            known = self._read[path, sha] = read_record(path, self._blobs[sha])
        return known


def _view(policy: LedgerPolicy) -> tuple[object, ...]:
    return (policy.folder, policy.ignore, policy.index)


def _step(landing: Landing, state: _State, after: LedgerPolicy, reader: _Reader) -> Step:
    policy, adopting = state.policy, False
    if after.adopted and not policy.adopted:
        adopting = is_adopting(state.seen_by(after, reader), policy, after)
    if adopting or moves_empty(state.ledger, policy, after):
        policy = after
    old = state.seen_by(policy, reader)
    rows = [row for row in landing.differences if kept_by(row.path, policy)]
    new = _after(old, rows, policy, reader)
    changed = tuple(row.path for row in rows)
    return Step(old, new, changed, policy, adopting=adopting, base="the landing before")


def _after(
    old: Ledger, rows: Iterable[Difference], policy: LedgerPolicy, reader: _Reader
) -> Ledger:
    records, faults, index = dict(old.records), dict(old.faults), old.index
    for row in rows:
        records.pop(row.path, None)
        faults.pop(row.path, None)
        regular = row.new is not None and row.new.is_regular
        if row.path == policy.index_path:
            content = reader.content(row.new.sha) if row.new and regular else None
            index = ledger_of_files({row.path: content}, policy).index
        elif row.new is not None and regular:
            read = reader.record(row.path, row.new.sha)
            if isinstance(read, Record):
                records[row.path] = read
            else:
                faults[row.path] = read
        elif row.new is not None:
            faults[row.path] = Fault(row.path, 0, "no plain file")
    return Ledger(records, faults, index)


def _policy_after(
    landing: Landing,
    before: LedgerPolicy,
    blobs: Mapping[str, bytes],
    read_policy: Callable[[bytes], LedgerPolicy],
) -> LedgerPolicy:
    for row in landing.differences:
        if row.path == CONFIG_PATH:
            if row.new is None or not row.new.is_regular:
                return LedgerPolicy()
            try:
                return read_policy(blobs[row.new.sha])
            except BadInputError:
                # nothing could be judged by it then; the last good one goes on
                return before
    return before


def _needed(landings: Iterable[Landing], policy: LedgerPolicy) -> Iterator[str]:
    for landing in landings:
        for row in landing.differences:
            wanted = (
                row.path == CONFIG_PATH or kept_by(row.path, policy) or (row.path.endswith(".md"))
            )
            if wanted and row.new is not None and row.new.is_regular:
                yield row.new.sha


def _first_of_each(judged: Iterable[JudgedLanding]) -> Iterator[Finding]:
    later: dict[tuple[str, Severity], int] = {}
    first: dict[tuple[str, Severity], tuple[Finding, Landing]] = {}
    for one in judged:
        for finding in one.findings:
            if finding.severity is Severity.NOTE and finding.rule != "ADR012":
                continue
            place = (finding.path, finding.severity)
            if finding.rule == "ADR012":
                place = (f"{finding.path}@{one.landing.commit}", finding.severity)
            if place in first:
                later[place] = later.get(place, 0) + 1
            else:
                first[place] = (finding, one.landing)
    for place, (finding, landing) in first.items():
        where = f"{landing.commit[:9]} by {landing.author} ({landing.subject[:60]})"
        more = f"; and {later[place]} more later" if place in later else ""
        yield finding._replace(
            message=f"{finding.message}; in {where}{more}",
            fix="",
            identity=f"{landing.commit}{finding.identity or finding.message}",
        )
