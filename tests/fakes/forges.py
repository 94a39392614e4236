"""In-memory fakes of the ports that an event is handled by."""

import fnmatch
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fakes.ports import FakeClock, FakeProgress

from hexci.domain.asking.claim import Claim
from hexci.domain.asking.commands import Command
from hexci.domain.asking.delivery import Comment, Delivery, Inputs, Person, Thread
from hexci.domain.asking.quota import Quota, Use
from hexci.domain.asking.run_report import RunReport
from hexci.domain.asking.scene import Checked, Decision, Scene
from hexci.domain.canonical import Json
from hexci.domain.finding import Report
from hexci.domain.outcome import Outcome
from hexci.errors import ConflictError
from hexci.ports.forge import Check, Draft, Note, Permission, PostedComment, PullHead, PullLink
from hexci.ports.remote import Slip
from hexci.usecases.handling import Handling, Job
from hexci.usecases.plan_task import TaskRequest
from hexci.usecases.publish_run import Publishing

HEAD, BASE = "a" * 40, "b" * 40
PEOPLE = {
    "ada": Person("ada", 7),
    "ben": Person("ben", 8),
    "bob": Person("bob", 9),
    "mallory": Person("mallory", 66),
}
LEVELS = {"ada": "admin", "ben": "write", "bob": "read"}


class FakeForge:
    """Comments, pull requests and permissions in dictionaries."""

    def __init__(self) -> None:
        self.levels = dict(LEVELS)
        self.ids = {name: person.id for name, person in PEOPLE.items()}
        self.pulls: dict[int, PullHead] = {}
        self.posted: dict[int, tuple[int, str]] = {}
        self.drafts: dict[str, Draft] = {}
        self.checks: list[Check] = []
        self.reactions: list[str] = []
        self.cancelled: list[str] = []
        self.asked: list[str] = []
        self._ids = itertools.count(1)

    def permission(self, login: str) -> Permission:
        self.asked.append(login)
        return Permission(self.levels.get(login, "none"), self.ids.get(login, 0))

    def comments(self, number: int) -> Sequence[PostedComment]:
        return [
            PostedComment(id_, body, own=True, url=f"c{id_}")
            for id_, (thread, body) in self.posted.items()
            if thread == number
        ]

    def add_comment(self, number: int, body: str) -> PostedComment:
        made = next(self._ids)
        self.posted[made] = (number, body)
        return PostedComment(made, body, own=True, url=f"c{made}")

    def edit_comment(self, comment: int, body: str) -> PostedComment:
        self.posted[comment] = (self.posted[comment][0], body)
        return PostedComment(comment, body, own=True, url=f"c{comment}")

    def remove_comment(self, comment: int) -> None:
        self.posted.pop(comment, None)

    def react(self, comment: int, content: str, *, inline: bool) -> None:
        self.reactions.append(content)

    def pull(self, number: int) -> PullHead:
        return self.pulls[number]

    def propose(self, draft: Draft) -> PullLink:
        self.drafts[draft.head] = draft
        return PullLink(90 + len(self.drafts), f"pull/{draft.head}")

    def check(self, check: Check) -> None:
        self.checks.append(check)

    def cancel(self, workflow_run: str) -> bool:
        self.cancelled.append(workflow_run)
        return True


class FakeBoard:
    """Slips with versions that count."""

    def __init__(self) -> None:
        self.slips: dict[str, Slip] = {}

    def read(self, name: str) -> Slip | None:
        return self.slips.get(name)

    def write(self, name: str, body: Mapping[str, Json], expected: str) -> Slip:
        there = self.slips.get(name)
        if (there.version if there else "") != expected:
            raise ConflictError(f"{name} was moved")
        self.slips[name] = Slip(name, dict(body), str(int(expected or "0") + 1))
        return self.slips[name]

    def under(self, pattern: str) -> Sequence[Slip]:
        return [s for n, s in sorted(self.slips.items()) if fnmatch.fnmatch(n, pattern)]


class FakeOrigin:
    """A remote that knows refs by name."""

    def __init__(self) -> None:
        self.refs = {"refs/heads/main": BASE}
        self.pushed: list[tuple[str, str]] = []
        self.fetched: list[tuple[str, str]] = []

    def tip(self, ref: str) -> str:
        return self.refs.get(ref, "")

    def fetch(self, commit: str, ref: str) -> None:
        self.fetched.append((commit, ref))

    def fetch_runs(self, day: str) -> Sequence[str]:
        return [run for run, _ in self.pushed if run.startswith(day)]

    def has_run(self, run: str) -> bool:
        return any(run == pushed for pushed, _ in self.pushed)

    def push_run(self, run: str, branch: str) -> None:
        if (run, branch) not in self.pushed:
            self.pushed.append((run, branch))

    def push_branch(self, branch: str, commit: str) -> None:
        self.refs.setdefault(f"refs/heads/{branch}", commit)


@dataclass
class FakeWorkshop:
    """Runs that end as told."""

    outcome: Outcome = Outcome.COMMITTED
    requests: list[tuple[TaskRequest, str, str]] = field(default_factory=list)
    earlier: tuple[Use, ...] = ()
    limits: Quota = field(default_factory=Quota)
    built: list[str] = field(default_factory=list)
    reviewed: list[str] = field(default_factory=list)
    decided: list[tuple[str, str]] = field(default_factory=list)
    decision: Decision = field(
        default_factory=lambda: Decision(
            Outcome.OK, "moved", "Accept x", "hex/auto/adr-accept-1", "d" * 40, "e" * 40, "diff"
        )
    )
    checked: Checked = field(
        default_factory=lambda: Checked(Report("analyze"), "page", "{}", Outcome.OK)
    )

    def work(self, request: TaskRequest, base: str, law: str) -> str:
        self.requests.append((request, base, law))
        return f"20260102T030405Z-{len(self.requests):012x}"

    def build(self, request: TaskRequest, target: str, base: str, law: str) -> str:
        self.built.append(target)
        return self.work(request, base, law)

    def report(self, run: str) -> RunReport:
        request, base, _ = self.requests[int(run.rpartition("-")[2], 16) - 1]
        outcome = Outcome.PROPOSED if request.dry_run else self.outcome
        done = outcome is Outcome.COMMITTED
        return RunReport(
            run=run, outcome=outcome, reason="", task=request.task, base=base, evidence="e",
            branch=f"hex/auto/{run}" if done else "", commit="c" * 40 if done else "", tree="",
            candidate="repair", evidence_digest="", isolation="", seconds=1.0, steps=(), turns=(),
            notes=(), patch="diff", usd=0.5, tokens=10,
        )  # fmt: skip

    def uses(self, runs: tuple[str, ...]) -> tuple[Use, ...]:
        return self.earlier

    def quota(self, law: str) -> Quota:
        return self.limits

    def check(self, base: str, head: str) -> Checked:
        return self.checked

    def review(self, request: TaskRequest, target: str, head: str, law: str) -> Checked:
        self.requests.append((request, head, law))
        self.reviewed.append(target)
        return self.checked

    def record(self, record: str, commit: str) -> str:
        return f"{record} at {commit}"

    def decide(self, command: Command, claim: Claim, base: str, law: str) -> Decision:
        self.decided.append((base, law))
        return self.decision

    def explain(self, subject: str) -> str:
        return f"about {subject}"


class FakeVoice:
    """Says what it was told, shortly."""

    def comment(self, scene: Scene, marker: str) -> str:
        claim = scene.claim
        return f"{marker} {claim.state.value} {claim.outcome} {scene.message}".rstrip()

    def pull_title(self, report: RunReport) -> str:
        return report.task

    def pull_body(self, report: RunReport, thread: Thread | None, actor: str) -> str:
        return f"{thread.slug if thread else ''} by {actor}"

    def decision_draft(self, decision: Decision, thread: Thread | None, claim: Claim) -> Draft:
        return Draft(decision.branch, "", decision.title, decision.patch)

    def check(self, checked: Checked, head: str, key: str) -> Check:
        notes = [
            Note(f.path, f.line, "failure", f.rule, f.message) for f in checked.report.findings
        ]
        conclusion = "success" if checked.outcome.happened else "failure"
        return Check(head, checked.report.tool, key, conclusion, "t", checked.page, notes)


@dataclass
class Stage:
    """All fakes of one forge, and events on it."""

    forge: FakeForge = field(default_factory=FakeForge)
    board: FakeBoard = field(default_factory=FakeBoard)
    origin: FakeOrigin = field(default_factory=FakeOrigin)
    workshop: FakeWorkshop = field(default_factory=FakeWorkshop)
    inputs: Inputs = field(default_factory=Inputs)
    serial: int = 100

    def handling(self, delivery: Delivery, run: str = "1", attempt: int = 1) -> Handling:
        forge = self.forge
        means = Publishing(
            people=forge, talk=forge, proposals=forge, jobs=forge, board=self.board,
            origin=self.origin, voice=FakeVoice(), clock=FakeClock(), progress=FakeProgress(),
        )  # fmt: skip
        return Handling(
            delivery, self.inputs, Job(run, attempt, 300.0, 600.0), self.workshop, means
        )

    def comment(self, body: str, who: str = "ada", *, pull: bool = False) -> Delivery:
        """A new comment under issue or pull request 12."""
        self.serial += 1
        return Delivery(
            "issue_comment", "created", f"issue_comment-{self.serial}-created",
            f"2026-01-02T03:04:{self.serial % 60:02}Z", "octo/app", "main", PEOPLE[who],
            Thread(12, is_pull=pull, title="It crashes", author=PEOPLE["mallory"]),
            Comment(self.serial, body, PEOPLE[who]),
        )  # fmt: skip

    def pull(self, *, fork: bool = False, author: str = "mallory") -> PullHead:
        """Pull request 12, open."""
        made = PullHead(12, HEAD, "topic", BASE, "main", fork, PEOPLE[author].id, is_open=True)
        self.forge.pulls[12] = made
        return made

    @property
    def claims(self) -> list[Claim]:
        """All claims, by name."""
        from hexci.domain.asking.claim import read_claim

        return [read_claim(slip.body) for _, slip in sorted(self.board.slips.items())]

    @property
    def said(self) -> list[str]:
        """The thread's comments."""
        return [body for _, body in self.forge.posted.values()]
