"""Which plausible patch is the one, and what speaks against taking it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from hexci.domain.repair.agreement import RIVALS, Agreement, agreement_of, is_heard
from hexci.domain.repair.grounds import Refusal, lacks_ground
from hexci.domain.repair.patch import Patch
from hexci.domain.repair.sense import added_nonsense
from hexci.domain.repair.source import Source
from hexci.domain.repair.suspicion import Trace, count_reaching
from hexci.ports.executor import Bench

_UNREAD = "never read"  # a fix may well leave a name unread, so that alone is no reason


@dataclass(frozen=True, slots=True)
class Choice:
    """The patches that were compared, the best first; `odd` is what is senseless in the first."""

    patches: Sequence[Patch]
    agreed: Agreement
    odd: tuple[str, ...]

    def doubt(self, failing: Collection[str], refused: Collection[Refusal]) -> str:
        """Why the best is not to be committed; empty when nothing speaks against it."""
        if self.patches[0].suspect:
            return "only anti-patterns pass"
        if self.odd:
            return f"abstained: only edits that make no sense pass ({self.odd[0]})"
        if not self.agreed.unanimous:
            return f"abstained: {self.agreed.told}"
        if lacks_ground(self.patches, failing, refused):
            return "abstained: only a literal was bent, and only one failing test asks for it"
        return ""


def choose(
    plausible: Sequence[Patch],
    odd: Mapping[str, tuple[str, ...]],
    bench: Bench,
    trace: Trace,
    seed: int,
) -> Choice:
    """Compares the best of `plausible` (one at least); `odd` is the nonsense of each by digest.

    What no author means (anti-patterns, code without sense, another type than the program ever
    gave back) says nothing against what one may mean: it is compared only where there is nothing
    else. Nor does a patch that is far less likely than the best.
    """
    ranked = sorted(plausible, key=lambda p: (p.suspect, bool(odd[p.digest]), -p.score))
    sound = [p for p in ranked if not p.suspect and not odd[p.digest]] or ranked
    rivals, agreed = _compared(sound[:RIVALS], bench, trace, seed)
    return Choice(rivals, agreed, _blunt(odd[rivals[0].digest]))


def _compared(
    rivals: Sequence[Patch], bench: Bench, trace: Trace, seed: int
) -> tuple[Sequence[Patch], Agreement]:
    if len(rivals) == 1:
        return rivals, Agreement(1, 0, 0)
    seen = bench.compare(rivals, seed)
    if not seen:
        return rivals, Agreement(len(rivals), 0, 0, compared=False)
    usual = [b for b in seen if not b.odd] or seen
    best, failing = usual[0].patch, len(bench.failing)
    reaching = count_reaching(trace, (best.path, best.line))
    heard = [b for b in usual if is_heard(b.patch.score, best.score, failing, reaching)]
    return [b.patch for b in heard], agreement_of([b.answers for b in heard], heard[0].inputs)


def makes_sense(patch: Patch, odd: tuple[str, ...]) -> bool:
    """Whether a patch may win alone, as far as its text tells; `odd` is its nonsense."""
    return not patch.suspect and not _blunt(odd)


def _blunt(odd: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(told for told in odd if not told.startswith(_UNREAD))


def nonsense_of(patch: Patch, sources: Mapping[str, Source]) -> tuple[str, ...]:
    """What a patch brings that no author means, in words."""
    return tuple(
        told
        for path, data in patch.files.items()
        if path in sources
        for told in added_nonsense(sources[path].encoded(sources[path].data), data)
    )
