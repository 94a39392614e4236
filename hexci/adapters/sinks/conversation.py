"""A thread's comment, a pull request's text and a job's summary: redacted, bounded, byte-stable."""

from collections.abc import Mapping

from hexci.adapters.sinks import annotations
from hexci.adapters.sinks.check_run import check_run
from hexci.adapters.sinks.markdown import code, fenced, plain
from hexci.domain.asking.claim import Claim, ClaimState
from hexci.domain.asking.commands import Verb
from hexci.domain.asking.delivery import Thread
from hexci.domain.asking.run_report import RunReport
from hexci.domain.asking.scene import Checked, Decision, Ended, Scene
from hexci.domain.bounded import bounded, bounded_bytes
from hexci.domain.finding import Severity
from hexci.domain.outcome import Outcome
from hexci.domain.redaction import Redactor
from hexci.errors import BadInputError
from hexci.ports.forge import Check, Draft

_COMMENT = 65_536
_SUMMARY = 1_048_576
_MOST_PATCH = 40_000
_MOST_HISTORY = 20
_TITLE = 120
_REASON = 4_000
_NO_PATCH = Decision(Outcome.OK, "")
_PATCH, _SARIF = "hexci.patch", "hexci.sarif"
_MARKS = {"passed": "✅", "refused": "❌", "suspicious": "⚠️", "unavailable": "-"}
_TOLD = {
    Outcome.COMMITTED: "proven, and proposed",
    Outcome.PROPOSED: "proven; the patch is below",
    Outcome.FINDINGS: "see below",
    Outcome.DENIED: "denied",
    Outcome.STALE_HEAD: "the head moved; nothing was proposed",
    Outcome.BAD_INPUT: "not understood",
    Outcome.BUDGET: "the limit is reached",
    Outcome.CONFLICT: "stopped",
}
_NO_AGENT = (
    "No agent had a part in this change, and no evidence command was run: the status of one record "
    "moves, and the ledger's own rules allow it. Whoever merges it decides."
)
_WELL = {Outcome.OK: "done", Outcome.REVIEWED_CLEAN: "no defect was shown"}
_WHY_NO_CI = (
    "GitHub starts no workflows for what a workflow's own token pushes, so required checks may "
    "not run here by themselves. To have them run, close and reopen this pull request, or give "
    "the Action the token of an app."
)


class Conversation:
    """Port Voice for GitHub's Markdown."""

    def __init__(self, redact: Redactor) -> None:
        self._redact = redact

    def comment(self, scene: Scene, marker: str) -> str:
        """The thread's comment; it begins with `marker`."""
        scene = self._redact.all_of(scene)
        claim = scene.claim
        parts = [f"{marker}\n### {_headline(scene)}", _asked(claim)]
        if claim.pull:
            parts.append(f"Draft pull request: #{claim.pull}")
        if scene.message:
            is_help = claim.verb == Verb.HELP and claim.outcome == Outcome.OK
            parts.append(scene.message if is_help else fenced(scene.message))
        if scene.checked:
            parts.append(scene.checked.page)
        if scene.report:
            parts.append(_evidence(scene.report))
        if scene.report and scene.shows_patch:
            patch = bounded(_clean(scene.report.patch), _MOST_PATCH)
            parts.append(fenced(patch, "diff"))
        parts.append(_history(scene.history))
        return bounded(self._redact("\n\n".join(p for p in parts if p) + "\n"), _COMMENT)

    def pull_title(self, report: RunReport) -> str:
        """The task, on one line."""
        return self._title(report.task)

    def _title(self, text: str) -> str:
        flat = " ".join("".join(c if c.isprintable() else " " for c in text).split())
        return bounded(self._redact(flat), _TITLE, "…")

    def pull_body(self, report: RunReport, thread: Thread | None, actor: str) -> str:
        """What closes, who asked, what proves it, and why checks may not run."""
        report = self._redact.all_of(report)
        closes = f"Closes #{thread.number}." if thread and not thread.is_pull else ""
        onto = f"For #{thread.number}." if thread and thread.is_pull else ""
        asked = f"{code(actor)} asked: {plain(report.task)}"
        parts = [
            closes,
            onto,
            asked,
            _evidence(report),
            f"#### Checks\n\nThe evidence above was run. {_WHY_NO_CI}",
        ]
        return bounded(self._redact("\n\n".join(p for p in parts if p) + "\n"), _COMMENT)

    def decision_draft(self, decision: Decision, thread: Thread | None, claim: Claim) -> Draft:
        """A pull request that moves a record on; `base` is left to whoever opens it."""
        decision, claim = self._redact.all_of(decision), self._redact.all_of(claim)
        parts = [
            f"For #{thread.number}." if thread else "",
            f"{code(claim.actor)} asked: {code(_line(claim))}",
            _NO_AGENT,
            fenced(bounded(_clean(decision.patch), _MOST_PATCH), "diff"),
            f"#### Checks\n\n{_WHY_NO_CI}",
        ]
        body = bounded(self._redact("\n\n".join(p for p in parts if p) + "\n"), _COMMENT)
        return Draft(decision.branch, "", self._title(decision.title), body, ("hexci",))

    def check(self, checked: Checked, head: str, key: str) -> Check:
        """The check run on `head` that tells of what was looked at; `key` names the event."""
        return check_run(self._redact.all_of(checked), head, key)

    def summary(self, ended: Ended) -> str:
        """A job's step summary, with a picture of the run."""
        ended = self._redact.all_of(ended)
        parts = [f"### hexci: {_word(ended)}"]
        if ended.claim:
            parts.append(_asked(ended.claim))
        if ended.reason:
            parts.append(fenced(ended.reason))
        if ended.report:
            parts += [_picture(ended.report), _evidence(ended.report)]
        if ended.checked:
            parts.append(ended.checked.page)
        if ended.claim and ended.claim.pull_url:
            parts.append(f"Draft pull request: #{ended.claim.pull}")
        return bounded_bytes(self._redact("\n\n".join(parts) + "\n"), _SUMMARY)

    def outputs(self, ended: Ended, files: Mapping[str, str]) -> dict[str, str]:
        """The step's outputs, every one of them in every case. `files` maps names to places."""
        claim, report = ended.claim, ended.report
        made = _made(ended)
        findings = ended.checked.report.findings if ended.checked else ()
        blocking = [f for f in findings if f.severity is Severity.ERROR]
        spent = report or ended.checked
        said = {
            "handled": str(ended.handled).lower(),
            "outcome": ended.outcome.value,
            "reason": bounded(ended.reason, _REASON),
            "changed": str(made is not None).lower(),
            "head-sha": made.commit if made else "",
            "tree-sha": made.tree if made else "",
            "branch": made.branch if made else "",
            "pr-number": str(claim.pull) if claim and claim.pull else "",
            "pr-url": claim.pull_url if claim else "",
            "comment-url": ended.comment_url,
            "evidence-digest": report.evidence_digest if report else "",
            "patch-file": files.get(_PATCH, ""),
            "sarif-file": files.get(_SARIF, ""),
            "findings": str(len(findings)) if ended.checked else "",
            "findings-blocking": str(len(blocking)) if ended.checked else "",
            # what is not known is not told as nothing
            "cost-usd": f"{spent.usd:.6f}" if spent and not _unpriced(spent) else "",
            "tokens": str(spent.tokens) if spent else "",
            "session": spent.run if spent else "",
        }
        return {name: self._redact(value) for name, value in said.items()}

    def files(self, ended: Ended) -> dict[str, str]:
        """What is too much for an output, by file name."""
        found = {}
        patch = (ended.report or ended.decision or _NO_PATCH).patch
        if patch:
            found[_PATCH] = self._redact(_clean(patch))
        if ended.checked and ended.checked.sarif:
            found[_SARIF] = self._redact(ended.checked.sarif)
        return found

    def annotations(self, ended: Ended) -> str:
        """Workflow commands for the job's page."""
        if ended.checked:
            return self._redact(annotations.render(self._redact.all_of(ended.checked.report)))
        level = "notice" if ended.outcome.happened else "error"
        said = bounded(f"{_word(ended)}: {_first(ended.reason)}".rstrip(": "), _REASON)
        return f"::{level} title=hexci::{annotations.escape_data(self._redact(said))}\n"

    def log(self, ended: Ended) -> str:
        """For the job's log, as plain text."""
        said = f"{_word(ended)}: {ended.reason}" if ended.reason else _word(ended)
        return self._redact(f"{said}\n")


def _unpriced(spent: RunReport | Checked) -> bool:
    if isinstance(spent, RunReport):
        return bool(spent.unpriced)
    return spent.tokens > 0 and not spent.usd


def _made(ended: Ended) -> RunReport | Decision | None:
    """What was pushed and proposed, if anything was."""
    if ended.report and ended.outcome is Outcome.COMMITTED:
        return ended.report
    proposed = ended.claim is not None and ended.claim.pull > 0
    return ended.decision if proposed else None


def _headline(scene: Scene) -> str:
    claim = scene.claim
    if claim.state is ClaimState.WAITING:
        return f"hexci {claim.verb}: waits for an approval"
    if not claim.is_over:
        return f"hexci {claim.verb}: at work"
    outcome = Outcome(claim.outcome) if claim.outcome in set(Outcome) else Outcome.INFRA_ERROR
    told = f"{outcome.value} ({_TOLD[outcome]})" if outcome in _TOLD else outcome.value
    if claim.verb == Verb.ADR and outcome is Outcome.PROPOSED:
        told = "the patch is below"  # which nothing has proven
    # what was not understood is no verb
    verb = "" if outcome is Outcome.BAD_INPUT else f" {claim.verb}"
    return f"hexci{verb}: {_WELL.get(outcome, told)}"


def _word(ended: Ended) -> str:
    return ended.outcome.value if ended.handled else "nothing was asked for"


def _asked(claim: Claim) -> str:
    return f"{code(_line(claim))} of {code(claim.actor)}"


def _line(claim: Claim) -> str:
    try:
        return claim.command.line
    except BadInputError:
        return claim.verb


def _evidence(report: RunReport) -> str:
    """The facts and the steps of the gate as tables."""
    facts = [
        ("evidence", code(report.evidence)),
        ("base", code(report.base[:12])),
        ("commit", code(report.commit[:12]) if report.commit else ""),
        ("by", code(report.candidate) if report.candidate else ""),
        ("isolation", code(report.isolation) if report.isolation else ""),
        ("time", f"{report.seconds:.1f} s"),
        ("cost", _cost(report)),
        ("record", code(f"refs/hexci/runs/{report.run}")),
        ("evidence digest", code(report.evidence_digest) if report.evidence_digest else ""),
    ]
    lines = ["| | |", "|---|---|", *(f"| {name} | {said} |" for name, said in facts if said)]
    if report.steps:
        lines += ["", "| gate | | |", "|---|---|---|"]
        lines += [
            f"| {plain(step.name)} | {_MARKS.get(step.status, '')} {plain(step.status)} "
            f"| {plain(step.reason)} |"
            for step in report.steps
        ]
    if report.turns:
        lines += ["", "| candidate | ended with | time | |", "|---|---|---|---|"]
        lines += [
            f"| {code(t.name)} | {plain(t.outcome)} | {t.seconds:.1f} s "
            f"| {plain(_first(t.summary))} |"
            for t in report.turns
        ]
    lines += [f"\n- {plain(note)}" for note in report.notes]
    return "\n".join(lines)


def _clean(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _first(text: str) -> str:
    return text.partition("\n")[0]


def _cost(report: RunReport) -> str:
    if not report.tokens:
        return ""
    known = f"${report.usd:.4f}" if report.usd or not report.unpriced else ""
    unknown = "price not known" if not known else "and calls whose price is not known"
    said = (f"{report.tokens} tokens", known, unknown if report.unpriced else "")
    return ", ".join(part for part in said if part)


def _history(claims: tuple[Claim, ...]) -> str:
    if not claims:
        return ""
    lines = [
        f"- {c.at} {code(_line(c), 120)} of {code(c.actor)}: {c.outcome or c.state.value}"
        f"{f' (#{c.pull})' if c.pull else ''}"
        for c in claims[:_MOST_HISTORY]
    ]
    more = len(claims) - len(lines)
    lines += [f"- and {more} more"] if more > 0 else []
    folded = "\n".join(lines)
    many = "1 earlier command" if len(claims) == 1 else f"{len(claims)} earlier commands"
    return f"<details><summary>{many}</summary>\n\n{folded}\n\n</details>"


def _picture(report: RunReport) -> str:
    """PLAN to EMIT as Mermaid; names are ours, so nothing untrusted is drawn."""
    refused = next((s.name for s in report.steps if s.status == "refused"), "")
    gate = f"refused by {refused}" if refused else "accepted" if report.steps else "not reached"
    ends = report.outcome.value
    lines = [
        "flowchart LR",
        f'  plan["PLAN<br/>base {report.base[:7]}"] --> work["WORK<br/>{len(report.turns)} tried"]',
        f'  work --> gate["GATE<br/>{gate if gate.replace(" ", "").isalpha() else "refused"}"]',
        f'  gate --> emit["EMIT<br/>{ends}"]',
    ]
    return "```mermaid\n" + "\n".join(lines) + "\n```"
