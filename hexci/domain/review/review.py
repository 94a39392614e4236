"""A whole review: what each lens said, what became of each claim, how it ended."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hexci.domain.finding import Finding, Report, Severity
from hexci.domain.outcome import Outcome
from hexci.domain.review.claim import Claim, Judged, LensReport, LensStatus, Standing
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
    def complete(self) -> bool:
        """Whether every lens answered."""
        return bool(self.lenses) and all(lens.status.answered for lens in self.lenses)

    @property
    def checked(self) -> tuple[Finding, ...]:
        """What our own checkers found."""
        return tuple(finding for lens in self.lenses for finding in lens.findings)

    @property
    def outcome(self) -> Outcome:
        """`review_incomplete` when a lens has not answered; never clean by failing.

        `committed` when every finding that fails the review has a fix that landed.
        """
        if not self.complete:
            return Outcome.REVIEW_INCOMPLETE
        failing = [j.claim for j in self.confirmed if j.claim.severity is Severity.ERROR]
        if any(finding.severity is Severity.ERROR for finding in self.checked):
            return Outcome.FINDINGS
        if not failing:
            return Outcome.REVIEWED_CLEAN
        fixed = [fix.claim for fix in self.fixes if fix.landed]
        all_fixed = all(claim in fixed for claim in failing)
        return Outcome.COMMITTED if all_fixed else Outcome.FINDINGS

    def report(self, identities: Sequence[str]) -> Report:
        """The proven claims as findings; `identities` tell them apart when lines move."""
        pairs = zip(self.confirmed, identities, strict=True)
        proven = [finding_of(judged, identity) for judged, identity in pairs]
        return Report.of("review", (*proven, *self.checked), self._facts())

    def _facts(self) -> Iterable[tuple[str, str]]:
        silent = [lens for lens in self.lenses if lens.status is LensStatus.EMPTY]
        for lens in self.lenses:
            if not lens.status.answered:
                yield f"lens {lens.lens}", f"{lens.status}: {lens.told}"
            elif lens not in silent:
                yield f"lens {lens.lens}", f"{len(lens.claims) + len(lens.findings)} brought"
        if silent:
            yield "found nothing", ", ".join(lens.lens for lens in silent)
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
        claim.reproducer,
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
