"""Wires what the hooks of a commit ask: may these paths be touched, is the claimed proof there."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from hexci.compose.planning import config_at
from hexci.compose.records import records_of

if TYPE_CHECKING:
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.vault import Vault
    from hexci.domain.outcome import Outcome
    from hexci.domain.plan import Mode, PathRules


def judge_staged(evidence: str | None, mode: "Mode", paths: "PathRules") -> "tuple[Outcome, str]":
    """What is staged, by the gate's patch policy and protected paths; outcome and what to print.

    `evidence` is a command or its name; `paths` narrow what the config allows. Nothing is run.
    Before the first commit there is nothing to protect.
    """
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import quarters_for
    from hexci.domain.outcome import Outcome
    from hexci.usecases.check_staged import judge_paths
    from hexci.usecases.plan_task import DEFAULT_EVIDENCE

    checkout = Checkout.at(Path.cwd())
    if not checkout.git.succeeds("rev-parse", "--verify", "--quiet", "HEAD"):
        return Outcome.OK, "nothing is committed yet\n"
    with quarters_for(checkout) as quarters:
        head = checkout.resolve("HEAD")
        config = config_at(quarters, head)
        vault = quarters.vault
        change = vault.change(vault.tree_of(head), _staged_tree(checkout, vault))
        spec = config.evidence.get(evidence or DEFAULT_EVIDENCE)
        refusals = judge_paths(
            change,
            command=spec.command if spec else evidence or "",
            mode=mode,
            paths=config.paths.narrowed(paths),
            objects=vault,
        )
    if not refusals:
        return Outcome.OK, ""
    lines = [line for step in refusals for line in step.faults]
    outcome = refusals[0].outcome or Outcome.INFRA_ERROR
    return outcome, "".join(f"{line}\n" for line in (*lines, f"refused: {outcome}"))


def judge_message(file: str) -> "tuple[Outcome, str]":
    """Whether what the message in `file` claims is recorded for what is staged."""
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import quarters_for
    from hexci.domain.outcome import Outcome
    from hexci.errors import BadInputError
    from hexci.usecases.check_staged import false_claims

    try:
        message = Path(file).read_text("utf-8", "replace")
    except OSError as error:
        raise BadInputError(f"the message cannot be read: {error}") from error
    if "Hexci-" not in message:
        return Outcome.OK, ""
    checkout = Checkout.at(Path.cwd())
    with quarters_for(checkout) as quarters:
        tree = _staged_tree(checkout, quarters.vault)
    found = false_claims(message, tree, records=records_of(checkout))
    if not found:
        return Outcome.OK, ""
    advice = "Leave the Hexci-… lines out, or commit what hexci proved as it is.\n"
    return Outcome.TAMPERED, "".join(f"{file}: {said}\n" for said in found) + advice


def _staged_tree(checkout: "Checkout", vault: "Vault") -> str:
    """The tree that `git commit` would make; written where no ref can notice."""
    named = os.environ.get("GIT_INDEX_FILE") or checkout.git.line(
        "rev-parse", "--git-path", "index"
    )
    index = (checkout.git.folder / named).resolve()
    return vault.git.with_environment(GIT_INDEX_FILE=str(index)).line("write-tree")
