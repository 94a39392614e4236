"""Wires the review of what was built, with the lenses and the debate of `hexci review`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hexci.compose.lenses import build_lenses

if TYPE_CHECKING:
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import Quarters
    from hexci.compose.candidates import Models
    from hexci.domain.evidence import EvidenceRun
    from hexci.domain.review.review import Review
    from hexci.usecases.building.build import Site
    from hexci.usecases.building.workshop import Workshop
    from hexci.usecases.hearing import Bench


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a build happens, and its record as it was taken up."""

    checkout: "Checkout"
    quarters: "Quarters"
    before: Mapping[str, bytes]


def reviewed_site(
    site: "Site", shop: "Workshop", bench: "Bench", models: "Models", ground: Ground
) -> "Site":
    """The site with a review of what is built on it."""
    from hexci.domain.review.asking import QUESTIONS
    from hexci.usecases.review_by_search import SEARCHES

    plan, quarters = shop.plan, ground.quarters
    # our own checkers compare commits, and what was built is none yet
    names = (*SEARCHES, *QUESTIONS)

    def review(tree: str, green: "EvidenceRun", number: int) -> "Review":
        from hexci.adapters.stored.plans import read_report
        from hexci.ports.lens import Scene
        from hexci.usecases.prove_claims import Means
        from hexci.usecases.review_aloud import Aloud
        from hexci.usecases.review_code import review_code
        from hexci.usecases.review_scope import changed_lines

        base, at = plan.base_tree, replace(plan, base_tree=tree)
        lines = changed_lines(quarters.vault.change(base, tree))
        scene = Scene(tree, plan.evidence, green, shop.deadline, lines, base, plan.seed)
        spoken = build_lenses(names, at, ".", ground.checkout, quarters, bench, models)
        aloud = Aloud(shop.debate, shop.recorder, read_report, ground.before, number)
        aloud.open([role for role, _ in spoken], tree)
        means = Means(quarters.vault, bench.rooms, bench.runner, shop.progress)
        found = review_code(scene, [aloud.heard(role, lens) for role, lens in spoken], means)
        aloud.tell(found)
        return found

    spoken = build_lenses(names, plan, ".", ground.checkout, quarters, bench, models)
    return replace(site, review=review, lenses=tuple(role for role, _ in spoken))
