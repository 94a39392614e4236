"""Wires what agents say to each other: keys, the log in the run's record, and reading it back."""

from pathlib import Path
from typing import TYPE_CHECKING

from hexci.compose.records import records_of, sweep

if TYPE_CHECKING:
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import Quarters
    from hexci.domain.debate.log import Log
    from hexci.domain.debate.roles import Role
    from hexci.domain.outcome import Outcome
    from hexci.ports.gateway import Gateway
    from hexci.ports.records import StoredRun
    from hexci.usecases.hold_debate import Debate
    from hexci.usecases.record_run import Recorder

# Ends that were not a run's own: it may be taken up again.
_UNFINISHED = frozenset({"lost", "infra_error", "model_error"})


def debate_of(
    recorder: "Recorder", quarters: "Quarters", stored: "StoredRun | None" = None
) -> "Debate":
    """The debate of a run, kept in its record; with what was said before it was taken up."""
    from hexci.adapters.machine.clock import SystemClock
    from hexci.adapters.signing.keyring import SshKeyring
    from hexci.adapters.signing.ssh import signer_from_environment
    from hexci.domain.debate.letter import NAMESPACE
    from hexci.domain.debate.log import MESSAGES, read_log
    from hexci.usecases.hold_debate import Debate

    return Debate(
        clock=SystemClock(),
        keyring=SshKeyring(quarters.folder / "keys", NAMESPACE),
        keep=lambda text: recorder.put(MESSAGES, text),
        log=read_log(stored.files.get(MESSAGES, b"")) if stored else None,
        voucher=signer_from_environment(),
    )


def asking_role(name: str, spec: str) -> "Role":
    """A role that asks the model `spec` and looks at the repository."""
    from hexci.adapters.models.specs import host_of
    from hexci.domain.agent.tools import LOOKING
    from hexci.domain.debate.roles import Role

    host = host_of(spec)
    net = (f"net:{host}",) if host else ()
    tools = tuple(f"tool:{tool.name}" for tool in LOOKING)
    return Role(name, spec, (f"llm:{spec}", *net, "fs.read", *tools))


def law_of(role: "Role", above: "Gateway") -> "Gateway":
    """What one role may do: its caps, and never more than the run."""
    from hexci.domain.law.caps import CapLayer, parse_cap
    from hexci.domain.law.limits import Ceiling

    allow = tuple(parse_cap(cap) for cap in role.caps)
    return above.child(role.name, CapLayer(f"the role {role.name}", allow), Ceiling())


def stored_to_resume(name: str, checkout: "Checkout", quarters: "Quarters") -> "StoredRun":
    """The record of a run that can be taken up.

    Raises BadInputError for one that came to its own end, ConflictError for one that still runs
    or whose debate cannot be believed.
    """
    from hexci.domain.debate.log import MESSAGES
    from hexci.domain.stored_run import about, complaints
    from hexci.errors import BadInputError, ConflictError
    from hexci.usecases.list_runs import find_run

    sweep(checkout)
    stored = find_run(name, records=records_of(checkout))
    facts = about(stored.files)
    if facts.get("status") == "running":
        raise ConflictError(f"{stored.run} is still at work", "See: hexci ps")
    if facts.get("outcome") not in _UNFINISHED:
        said = f"{stored.run} came to its end: {facts.get('outcome')}"
        raise BadInputError(said, "Begin a new run.")
    trouble = complaints(stored.files)
    if MESSAGES in stored.files:
        trouble = (*trouble, *_checked(stored, checkout, quarters)[1])
    if trouble:
        raise ConflictError(f"{stored.run} cannot be taken up: {trouble[0]}", "Begin a new run.")
    return stored


def messages(name: str, *, as_json: bool) -> "tuple[Outcome, str]":
    """The debate of a run as a Mermaid sequence or as JSON; refused when it cannot be believed."""
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import quarters_for
    from hexci.adapters.sinks.debate import as_document, as_refusal, as_sequence
    from hexci.domain.outcome import Outcome
    from hexci.usecases.list_runs import find_run

    checkout = Checkout.at(Path.cwd())
    sweep(checkout)
    stored = find_run(name, records=records_of(checkout))
    with quarters_for(checkout) as quarters:
        log, faults = _checked(stored, checkout, quarters)
    if as_json:
        text = as_document(stored.run, log, faults)
    else:
        text = as_refusal(stored.run, faults) if faults else as_sequence(log)
    return (Outcome.TAMPERED if faults else Outcome.OK), text


def _checked(
    stored: "StoredRun", checkout: "Checkout", quarters: "Quarters"
) -> "tuple[Log, tuple[str, ...]]":
    from hexci.adapters.signing.ssh import SshSignatureCheck
    from hexci.compose.records import allowed_signers
    from hexci.domain.debate.letter import NAMESPACE
    from hexci.usecases.check_debate import check_debate

    trusted = allowed_signers(checkout, quarters)
    return check_debate(stored.files, check=SshSignatureCheck(NAMESPACE), trusted=trusted)
