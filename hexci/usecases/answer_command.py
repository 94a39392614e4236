"""Commands that are answered in words."""

from collections.abc import Callable
from dataclasses import replace

from hexci.domain.asking.claim import Claim, ClaimState, read_claim
from hexci.domain.asking.commands import Command, Verb
from hexci.domain.outcome import Outcome
from hexci.errors import ConflictError
from hexci.usecases.handling import Handling, claims_of

Reply = Callable[[Command, Claim, Handling], str]


def _help(*_: object) -> str:
    return HELP


def _explanation(command: Command, claim: Claim, handling: Handling) -> str:
    if command.text:
        return handling.workshop.explain(command.text)
    for slip in reversed(claims_of(claim, handling)):
        earlier = read_claim(slip.body)
        if earlier.run and handling.means.origin.has_run(earlier.run):
            report = handling.workshop.report(earlier.run)
            return f"{report.run} ended with {report.outcome}: {report.reason or report.branch}"
    return "Nothing was done on this thread yet."


def _stop(_: Command, claim: Claim, handling: Handling) -> str:
    """Stops what is under way on the thread: its claim first, which settles it; then the job."""
    said = []
    for slip in claims_of(claim, handling):
        other = read_claim(slip.body)
        if other.key == claim.key or other.state not in {ClaimState.OPEN, ClaimState.LANDING}:
            continue
        asked = other.command.line
        if other.state is ClaimState.LANDING:
            said.append(f"Too late for `{asked}`: it is landing.")
            continue
        stopped = replace(other, state=ClaimState.STOPPED, outcome=Outcome.CONFLICT.value)
        try:
            handling.means.board.write(slip.name, stopped.document(), slip.version)
        except ConflictError:
            said.append(f"Too late for `{asked}`.")
            continue
        handling.means.jobs.cancel(other.workflow_run)
        said.append(f"Stopped `{asked}` of @{other.actor}.")
    return "\n".join(said) or "Nothing is under way here."


HELP = """\
One command a comment, on a line of its own:

| write | to |
|---|---|
| `/hex do TEXT [--evidence NAME\\|"CMD"] [--file P] [--candidate S] [--mode M]` | have it done; a \
draft pull request holds what the evidence proves |
| `/hex review [PATH] [--evidence NAME\\|"CMD"] [--candidate S]` | hunt for defects that a test \
shows |
| `/hex build TEXT [--target DIR] [--evidence NAME\\|"CMD"] [--candidate S]` | have models design, \
specify, test and write it; a draft pull request holds what the gate proves |
| `/hex retry` | do the last one again |
| `/hex stop` | stop what is under way here |
| `/hex approve SHA` | let a fork's commit be worked on, or reviewed |
| `/hex analyze` | check the boundaries |
| `/hex adr show ID` | see a decision |
| `/hex adr accept ID` (or `reject`, `abandon`, `deprecate`) | have a draft pull request move it |
| `/hex explain [RULE]` | hear what a rule means, or how the last run ended |
| `/hex help` | see this |
"""

REPLIES: dict[Verb, Reply] = {Verb.HELP: _help, Verb.EXPLAIN: _explanation, Verb.STOP: _stop}
