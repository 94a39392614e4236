"""A command about the ledger: a record shown, or moved on by a draft pull request of its own."""

from dataclasses import replace

from hexci.domain.asking.claim import ClaimState, read_claim
from hexci.domain.asking.commands import AdrVerb, Command
from hexci.domain.asking.scene import Decision, Ended
from hexci.domain.outcome import Outcome
from hexci.ports.forge import PullHead
from hexci.ports.remote import Slip
from hexci.usecases.handling import Handling, closed
from hexci.usecases.publish_run import Target, begin_landing, moved
from hexci.usecases.work_on_event import refuse_machines, target_of


def decide_on(command: Command, slip: Slip, pull: PullHead | None, handling: Handling) -> Ended:
    """The record, or the draft that moves it on. What breaks the ledger's rules is not written.

    No agent has a part in it: a person asks, trusted code writes, the ledger's rules judge, and
    whoever merges the draft decides.
    """
    claim, workshop = read_claim(slip.body), handling.workshop
    target = target_of(pull, handling)
    if command.adr_verb is AdrVerb.SHOW:
        return closed(slip, Outcome.OK, workshop.record(command.text, target.base), handling)
    refuse_machines("a decision", handling)
    decision = workshop.decide(command, claim, target.base, target.law)
    if not decision.commit:
        return closed(slip, decision.outcome, decision.said, handling)
    if target.fork:
        # nothing is pushed to a fork, or for one: whoever owns the branch applies it
        patch = decision.patch.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        ended = closed(slip, Outcome.PROPOSED, f"{decision.said}\n\n{patch}", handling)
        return replace(ended, decision=decision)
    return _proposed(decision, slip, target, handling)


def _proposed(decision: Decision, slip: Slip, target: Target, handling: Handling) -> Ended:
    means, claim = handling.means, read_claim(slip.body)
    landing = begin_landing(slip, claim, means)
    if isinstance(landing, Ended):
        return landing
    if target.pull and moved(target.pull, means):
        said = "the pull request's head moved meanwhile; nothing was proposed"
        return closed(landing, Outcome.STALE_HEAD, said, handling)
    means.origin.push_branch(decision.branch, decision.commit)
    draft = means.voice.decision_draft(decision, handling.delivery.thread, claim)
    link = means.proposals.propose(replace(draft, base=target.branch))
    done = replace(
        claim, state=ClaimState.DONE, outcome=Outcome.OK.value, pull=link.number,
        pull_url=link.url, said=decision.said,
    )  # fmt: skip
    means.board.write(landing.name, done.document(), landing.version)
    return Ended(Outcome.OK, decision.said, claim=done, decision=decision)
