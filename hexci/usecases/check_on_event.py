"""A check of boundaries: for anybody's pull request, for a merge queue, for a comment."""

from contextlib import suppress
from dataclasses import replace

from hexci.domain.asking.claim import Claim, ClaimState, read_claim
from hexci.domain.asking.commands import Command
from hexci.domain.asking.scene import Ended
from hexci.domain.outcome import Outcome
from hexci.errors import DeniedError
from hexci.ports.forge import PullHead
from hexci.ports.remote import Slip
from hexci.usecases.handling import Handling, closed, default_ref, tell
from hexci.usecases.publish_run import begin_landing


def check_on(_: Command, slip: Slip, pull: PullHead | None, handling: Handling) -> Ended:
    """The check that a comment asked for, told on its thread too."""
    ended = check_now(pull, handling)
    if ended.checked is None:
        return closed(slip, ended.outcome, ended.reason, handling)
    claim = read_claim(slip.body)
    landing = begin_landing(slip, claim, handling.means)
    return landing if isinstance(landing, Ended) else end_told(landing, claim, ended, handling)


def end_told(slip: Slip, claim: Claim, ended: Ended, handling: Handling) -> Ended:
    """The end of a claim on something looked at, told before it ends.

    A claim keeps no findings, so a later delivery of the event could not tell them.
    """
    done = replace(claim, state=ClaimState.DONE, outcome=ended.outcome.value)
    tell(replace(ended, claim=done), handling)
    end = closed(slip, ended.outcome, ended.reason, handling)
    return replace(end, checked=ended.checked)


def check_now(pull: PullHead | None, handling: Handling) -> Ended:
    """The boundaries of what the event names, or of a pull request's head, by its base's law."""
    change, means = handling.delivery.change, handling.means
    if pull:
        base, head, ref = pull.base_sha, pull.head_sha, f"refs/pull/{pull.number}/head"
        means.origin.fetch(base, f"refs/heads/{pull.base_ref}")
    elif change:
        base, head = change.base_sha, change.head_sha
        thread = handling.delivery.thread
        ref = f"refs/pull/{thread.number}/head" if thread else change.head_ref
        means.origin.fetch(base, _full(change.base_ref))
    else:
        base, head, ref = "", means.origin.tip(default_ref(handling)), default_ref(handling)
    means.origin.fetch(head, ref)
    checked = handling.workshop.check(base, head)
    if not checked.page:
        return Ended(Outcome.OK, "no boundaries are set there (hexci init)", handled=False)
    with suppress(DeniedError):  # a fork's job may not write: annotations and summary remain
        means.proposals.check(means.voice.check(checked, head, handling.delivery.key))
    count = len(checked.report.findings)
    said = f"{count} new finding{'' if count == 1 else 's'}"
    return Ended(checked.outcome, said, checked=checked)


def _full(branch: str) -> str:
    return branch if branch.startswith("refs/") else f"refs/heads/{branch}"
