"""Random lives of ledgers: what the verbs write is legal, and check and audit judge alike."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from fakes.ledger_git import LedgerGit
from fakes.ledgers import FOLDER, path_of, record
from hypothesis import given, settings
from hypothesis import strategies as st

from hexci.adapters.manifests.ledger_config import parse_ledger
from hexci.domain.config_path import CONFIG_PATH
from hexci.domain.finding import Finding, Severity
from hexci.domain.ledger.policy import LedgerPolicy
from hexci.domain.ledger.sides import Sides
from hexci.domain.ledger.status import Status
from hexci.errors import BadInputError
from hexci.usecases import change_record as verbs
from hexci.usecases.audit_ledger import judge_landings
from hexci.usecases.change_record import Edit, Proposal, Writing, save
from hexci.usecases.check_ledger import Beside, check_ledger
from hexci.usecases.read_ledger import ledger_at

# told apart in the docstring of audit: they concern the code, the forge, or a label
NOT_AUDITED = {"ADR008", "ADR009", "ADR011", "ADR012", "ADR014"}
Step = tuple[Any, ...]
VERBS = {"new", "amending", "accept", "settle", "supersede", "complete", "amend", "index"}
TITLES = ["alpha", "beta", "gamma"]
IDS = [f"2026-01-01-{title}" for title in TITLES]

an_id = st.sampled_from(IDS)
a_verb = st.one_of(
    st.tuples(st.just("new"), st.sampled_from(TITLES), st.lists(an_id, max_size=1)),
    st.tuples(st.just("amending"), st.sampled_from(TITLES), st.lists(an_id, max_size=1)),
    st.tuples(st.just("accept"), an_id),
    st.tuples(st.just("settle"), an_id, st.sampled_from(["rejected", "abandoned", "deprecated"])),
    st.tuples(st.just("supersede"), an_id, an_id),
    st.tuples(st.just("complete"), an_id),
    st.tuples(st.just("amend"), an_id),
    st.tuples(st.just("index")),
)
a_hostile_edit = st.one_of(
    st.tuples(st.just("delete"), an_id),
    st.tuples(st.just("status"), an_id, st.sampled_from([*Status, "Accepted", "done"])),
    st.tuples(st.just("body"), an_id, st.sampled_from(["insert", "append", "truncate"])),
    st.tuples(st.just("garble"), an_id),
    st.tuples(st.just("move"), an_id),
    st.tuples(st.just("link"), an_id, an_id),
    st.tuples(st.just("number"), st.sampled_from(["0001-x", "0001-y"])),
    st.tuples(st.just("stale index")),
    st.tuples(st.just("config"), st.sampled_from(["folder: docs/none", f"adopted: {'a' * 40}"])),
)
STEP = st.tuples(st.booleans(), st.one_of(a_verb, a_hostile_edit))


@dataclass
class Life:
    """One repository's ledger as its verbs and its enemies change it."""

    git: LedgerGit

    def policy_at(self, tree: str) -> LedgerPolicy:
        text = self.git.trees[int(tree)].get(CONFIG_PATH)
        return LedgerPolicy() if text is None else parse_ledger(text)

    def writing(self) -> Writing:
        base = str(len(self.git.trees) - 1)
        policy = self.policy_at(base)
        text = self.git.work.get(CONFIG_PATH)
        return Writing(
            before=ledger_at(base, policy, source=self.git),
            files=self.git.read(policy.folder),
            base_policy=policy,
            work_policy=LedgerPolicy() if text is None else parse_ledger(text),
            base="base",
            today="2026-01-01",
            tracked=lambda: (),
            symbol=lambda _path, _name: None,
        )

    def verb(self, name: str, *arguments: object) -> bool:
        """Runs a verb; whether it wrote."""
        writing = self.writing()
        try:
            edit = edit_of(name, arguments, writing)
        except BadInputError:
            return False
        report = save(edit, writing=writing, desk=self.git)
        return not any(f.severity is Severity.ERROR for f in report.findings)

    def suffer(self, name: str, *arguments: object) -> bool:
        """One step of a verb or an enemy; whether it was a verb."""
        if name in VERBS:
            self.verb(name, *arguments)
            return True
        hostile(self.git, name, *arguments)
        return False

    def check(self, base: str, head: str) -> set[tuple[str, str]]:
        policies = (self.policy_at(base), self.policy_at(head))
        sides = Sides(base, head, "base", "head")
        found = check_ledger(sides, policies=policies, source=self.git, beside=Beside())
        return errors(found.report.findings)

    def audit(self) -> list[set[tuple[str, str]]]:
        head = str(len(self.git.trees) - 1)
        judged = judge_landings(
            self.git.landings(head, ()), LedgerPolicy(), read_policy=parse_ledger, source=self.git
        )
        return [errors(one.findings) for one in judged]


def errors(findings: Iterable[Finding]) -> set[tuple[str, str]]:
    return {
        (f.rule, f.path)
        for f in findings
        if f.severity is Severity.ERROR and f.rule not in NOT_AUDITED
    }


def edit_of(name: str, arguments: tuple[object, ...], writing: Writing) -> Edit:
    match name, *arguments:
        case ["new", str(title), list(old)]:
            return verbs.propose(Proposal(title, supersedes=tuple(old)), writing=writing)
        case ["amending", str(title), list(old)]:
            return verbs.propose(Proposal(title, amends=tuple(old)), writing=writing)
        case ["accept", str(one)]:
            return verbs.accept(one, writing=writing)
        case ["settle", str(one), str(status)]:
            return verbs.settle(one, Status(status), "It was time.", writing=writing)
        case ["supersede", str(old), str(new)]:
            return verbs.supersede(old, new, writing=writing)
        case ["complete", str(one)]:
            return verbs.complete(one, "`true` passed at tree abc", writing=writing)
        case ["amend", str(one)]:
            return verbs.amend(one, "erratum", "Six, not five.", writing=writing)
        case _:
            return verbs.reindex(writing=writing)


def hostile(git: LedgerGit, name: str, *arguments: object) -> None:
    path = path_of(str(arguments[0])) if arguments else ""
    text = git.work.get(path, b"")
    changed: dict[str, Callable[[], None]] = {
        "delete": lambda: void(git.work.pop(path, None)),
        "garble": lambda: put(git, path, text[:40]),
        "move": lambda: put(git, path.replace(".md", "-moved.md"), git.work.pop(path, b"x")),
        "number": lambda: put(git, path, record(str(arguments[0])).encode()),
        "stale index": lambda: put(git, f"{FOLDER}/INDEX.md", b"# Decisions\n"),
        "config": lambda: put(
            git, CONFIG_PATH, f"kind: Config\nspec:\n  ledger:\n    {arguments[0]}\n".encode()
        ),
        "status": lambda: put(git, path, with_status(text, str(arguments[1]))),
        "body": lambda: put(git, path, with_body(text, str(arguments[1]))),
        "link": lambda: put(
            git, path, text.replace(b"\ndate:", f"\nsuperseded-by: {arguments[1]}\ndate:".encode())
        ),
    }
    changed[name]()


def void(_: object) -> None: ...


def put(git: LedgerGit, path: str, content: bytes) -> None:
    if content:
        git.work[path] = content


def with_status(text: bytes, status: str) -> bytes:
    lines = text.split(b"\n")
    return b"\n".join(
        f"status: {status}".encode() if line.startswith(b"status:") else line for line in lines
    )


def with_body(text: bytes, how: str) -> bytes:
    if not text:
        return text
    return {
        "insert": text.replace(b"## Decision", b"Sneaked in.\n\n## Decision"),
        "append": text + b"And more.\n",
        "truncate": text[: len(text) - 20],
    }[how]


@settings(max_examples=150)
@given(st.lists(STEP, max_size=14))
def test_check_and_audit_judge_every_landing_alike(steps: list[tuple[bool, Step]]) -> None:
    life = Life(LedgerGit())
    checked = []
    for lands, (name, *arguments) in steps:
        if not life.suffer(name, *arguments) or lands:
            checked.append(life.check(*life.git.land()))
    assert life.audit() == checked


@settings(max_examples=150)
@given(st.lists(a_verb, max_size=14))
def test_what_the_verbs_write_lands_legally(steps: list[Step]) -> None:
    life = Life(LedgerGit())
    for name, *arguments in steps:
        before = dict(life.git.work)
        wrote = life.verb(name, *arguments)
        assert wrote or life.git.work == before
        assert life.check(*life.git.land()) == set()
