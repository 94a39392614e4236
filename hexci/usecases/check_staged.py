"""What can be said of a commit before it is made: the paths it touches, the proof it claims."""

import re
from collections.abc import Sequence

from hexci.domain.canonical import digest
from hexci.domain.change import Change
from hexci.domain.gate.conventions import conventions_of
from hexci.domain.gate.policy import judge_policy
from hexci.domain.gate.protected import judge_protected, sort_change
from hexci.domain.outcome import Outcome
from hexci.domain.plan import Mode, PathRules
from hexci.domain.verdict import StepResult
from hexci.ports.records import Records
from hexci.ports.repo import Objects

# A line of a commit's message that claims what only a run of hexci can have.
_CLAIM = re.compile(r"^(Hexci-(?:Run|Evidence|Gate)):[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_CLAIMS = ("Hexci-Run", "Hexci-Evidence", "Hexci-Gate")
_SCISSORS = re.compile(r"^. -+ >8 -+$", re.MULTILINE)


def judge_paths(
    change: Change, *, command: str, mode: Mode, paths: PathRules, objects: Objects
) -> tuple[StepResult, ...]:
    """The gate's first two steps, which run nothing: patch policy and protected paths.

    `command` is the evidence, which says what is evidence here; steps that refuse are returned.
    """
    base = objects.files(change.base_tree)
    conventions = conventions_of(
        command, base, lambda path: objects.read(change.base_tree, path), paths.protect
    )
    sorting = sort_change(change, mode, conventions, base)
    steps = (judge_policy(change, paths, base), judge_protected(sorting))
    return tuple(step for step in steps if step.refused and step.outcome is not Outcome.NO_CHANGE)


def false_claims(message: str, tree: str, *, records: Records) -> tuple[str, ...]:
    """What a commit's message claims of hexci and is not recorded for `tree`; empty: nothing."""
    claims = dict(_CLAIM.findall(_SCISSORS.split(message)[0]))
    if not claims:
        return ()
    missing = [name for name in _CLAIMS if not claims.get(name)]
    said = [f"{', '.join(missing)} is missing beside {', '.join(claims)}"] if missing else []
    sealed = claims.get("Hexci-Evidence", "")
    if sealed and sealed not in _digests(records.evidence_of(tree)):
        said.append(f"there is no evidence {sealed[:19]}… for what is staged (tree {tree[:12]})")
    return tuple(said)


def _digests(notes: Sequence[bytes]) -> set[str]:
    return {digest(note) for note in notes}
