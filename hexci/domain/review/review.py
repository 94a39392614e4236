"""A whole review: what each lens said, what became of each claim, how it ended."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hexci.domain.finding import Finding, Report, Severity
from hexci.domain.outcome import Outcome
from hexci.domain.review.claim import Claim, Judged, LensReport, Standing
from hexci.domain.review.fix import Fix
from hexci.domain.review.rules import rule_of


@dataclass(frozen=True, slots=True)
class Review:
    """`judged` has every claim once, in the order of the lenses."""

    lenses: tuple[LensReport, ...]
    judged: tuple[Judged, ...]
    fixes: tuple[Fix, ...] = ()

    @property
    def confirmed(self) -> tuple[Judged, ...]:
        """Claims that their reproducers proved."""
        return tuple(j for j in self.judged if j.standing is Standing.CONFIRMED)

    @property
    def outcome(self) -> Outcome:
        """`review_incomplete` when a lens has not answered; never clean by failing.

        `committed` when every finding that fails the review has a fix that landed.
        """
        if not self.lenses or not all(lens.status.answered for lens in self.lenses):
            return Outcome.REVIEW_INCOMPLETE
        failing = [j.claim for j in self.confirmed if j.claim.severity is Severity.ERROR]
        if not failing:
            return Outcome.REVIEWED_CLEAN
        fixed = [fix.claim for fix in self.fixes if fix.landed]
        all_fixed = all(claim in fixed for claim in failing)
        return Outcome.COMMITTED if all_fixed else Outcome.FINDINGS

    def report(self, identities: Sequence[str]) -> Report:
        """The proven claims as findings; `identities` tell them apart when lines move."""
        pairs = zip(self.confirmed, identities, strict=True)
        return Report.of(
            "review", (finding_of(j, identity) for j, identity in pairs), self._facts()
        )

    def _facts(self) -> Iterable[tuple[str, str]]:
        for lens in self.lenses:
            said = (
                f"{lens.status}, {len(lens.claims)} claims" if lens.status.answered else lens.told
            )
            yield f"lens {lens.lens}", said if lens.status.answered else f"{lens.status}: {said}"
        others = len(self.judged) - len(self.confirmed)
        if others:
            yield "not proven", f"{others} claims, folded away"


def finding_of(judged: Judged, identity: str) -> Finding:
    """A proven claim as a finding."""
    claim = judged.claim
    rule = rule_of(claim.lens)
    return Finding(
        rule.id,
        claim.severity,
        claim.path,
        claim.line,
        0,
        f"{claim.title} ({judged.reason})",
        claim.why or rule.why,
        rule.fix,
        identity,
    )


def fold(judged: Iterable[Judged], sites: Sequence[str]) -> tuple[Judged, ...]:
    """Proven claims about the same defect become one: the first; the others say whose they are.

    `sites` name, for each claim, where it sits: two proven claims of one site are one defect.
    """
    first: dict[str, Claim] = {}
    folded = []
    for one, site in zip(judged, sites, strict=True):
        if one.standing is not Standing.CONFIRMED:
            folded.append(one)
        elif site in first:
            said = f"the same defect as `{first[site].title}` of {first[site].lens}"
            folded.append(Judged(one.claim, Standing.DUPLICATE, said, one.kind, one.place))
        else:
            first[site] = one.claim
            folded.append(one)
    return tuple(folded)
