"""The review of what was built, before it lands: what it shows becomes tests, and code again."""

from collections.abc import Callable
from dataclasses import replace

from hexci.domain.building.frozen import Frozen, frozen
from hexci.domain.canonical import canonical
from hexci.domain.evidence import EvidenceRun
from hexci.domain.outcome import Outcome
from hexci.domain.review.fix import test_path
from hexci.domain.review.review import Review
from hexci.domain.verdict import Verdict
from hexci.usecases.building.workshop import Workshop
from hexci.usecases.building.write_code import Blueprint, Builders, Built, write_code
from hexci.usecases.prove_claims import folder_of_tests

# Reviews of one build; what the last one shows is not worked on.
PASSES = 2

# Reviews a tree whose gate run is known; the number tells a second review from the first.
Reviewer = Callable[[str, EvidenceRun, int], Review]


def review_built(
    built: Built, plan: Blueprint, builders: Builders, review: Reviewer, shop: Workshop
) -> tuple[Built, Outcome]:
    """What may land, and `ok`; else the last state, and why it may not.

    The reproducers of what the first review shows are frozen beside the tests, and the builders
    go on from their code. A lens that did not answer makes it `review_incomplete`.
    """
    for number in range(1, PASSES + 1):
        verdict = built.verdict
        if verdict is None or verdict.green is None:
            return built, Outcome.INFRA_ERROR
        shop.progress.stage("review", f"pass {number}")
        found = review(verdict.tree, verdict.green, number)
        if found.outcome.happened:
            return built, Outcome.OK
        if found.outcome is not Outcome.FINDINGS or number == PASSES:
            return built, found.outcome
        plan = _with_reproducers(found, verdict, plan, shop)
        again = write_code(plan, builders, shop)
        built = replace(again, tried=(*built.tried, *again.tried))
        if not again.accepted:
            return built, Outcome.FINDINGS
    return built, Outcome.FINDINGS


def _with_reproducers(
    found: Review, verdict: Verdict, plan: Blueprint, shop: Workshop
) -> Blueprint:
    """The blueprint of the next pass: the code as it is, and tests that show what is wrong."""
    files = shop.objects.files(verdict.tree)
    account = verdict.green.account if verdict.green else None
    folder, taken = folder_of_tests(account, frozenset(files)), set(files)
    shown: dict[str, bytes] = {}
    for one in found.confirmed:
        path = test_path(one.claim, folder, taken)
        taken.add(path)
        shown[path] = one.claim.reproducer.encode("utf-8", "surrogatepass")
    tree = shop.objects.overlay(verdict.tree, shown)
    digests = {**plan.tests.digests, **frozen(tree, shown).digests}
    with shop.rooms.clone(tree) as room:
        red = shop.runner.run(shop.plan.evidence, room)
    tests = Frozen(tree, digests)
    kept = {f"tests/{path}": text for path, text in shown.items()}
    document = canonical(tests.document()) + b"\n"
    shop.recorder.step(f"findings {len(shown)}", {**kept, "tests.json": document})
    return replace(plan, tests=tests, red=red, number=plan.number + 1)
