"""A candidate that works no more: its patch came from a job that may not write."""

from typing import Protocol

from hexci.domain.outcome import Outcome
from hexci.errors import BadInputError
from hexci.ports.candidate import Assignment, Attempt
from hexci.ports.progress import Progress

_SUMMARY = 2_000


class Patches(Protocol):
    """Applying patches to trees."""

    def patched(self, tree: str, patch: bytes) -> str:
        """The tree with a patch applied. Raises BadInputError when it does not apply."""
        ...


class HandedPatch:
    """Applies the patch and has it judged, as if it had just been made."""

    def __init__(
        self, name: str, patch: bytes, outcome: Outcome, summary: str, *, patches: Patches
    ) -> None:
        self.name = name
        self._patch = patch
        self._outcome = outcome
        self._summary = summary[:_SUMMARY]
        self._patches = patches

    def attempt(self, given: Assignment, *, progress: Progress) -> Attempt:
        """One judgement, by this job's own gate."""
        if not self._patch.strip():
            return Attempt(self._outcome, summary=self._summary)
        progress.note(f"judging {len(self._patch)} bytes of patch from the agent's job")
        try:
            tree = self._patches.patched(given.plan.base_tree, self._patch)
        except BadInputError as error:
            return Attempt(Outcome.TAMPERED, summary=error.message)
        verdict = given.judge(tree)
        return Attempt(verdict.outcome, summary=self._summary or verdict.reason)
