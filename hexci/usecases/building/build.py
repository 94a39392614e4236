"""A cooperative build: designs, red team, specification, frozen tests, code, and one end."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from hexci.domain.building.order import BuildOrder
from hexci.domain.canonical import Json
from hexci.domain.debate.roles import Role
from hexci.domain.outcome import Outcome
from hexci.domain.run_result import RunResult, Tried
from hexci.errors import HexciError
from hexci.ports.repo import Commits
from hexci.ports.signing import Signer
from hexci.usecases.building.agree_on_spec import Design, Specification, agree_on_spec
from hexci.usecases.building.freeze_tests import freeze_tests
from hexci.usecases.building.review_built import Reviewer, review_built
from hexci.usecases.building.workshop import Workshop
from hexci.usecases.building.write_code import Blueprint, Builders, Built, write_code
from hexci.usecases.end_run import Ending, best_tried, end_run, why_failed

FOLDER = "docs/specs"
_SLUG = 6
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Site:
    """What a build needs beside its workshop; with `review` its `lenses` look before it lands."""

    builders: Builders
    commits: Commits
    signer: Signer | None = None
    review: Reviewer | None = None
    lenses: tuple[Role, ...] = ()


def build(shop: Workshop, site: Site) -> RunResult:
    """The whole build. The record, begun by the caller, has exactly one end, whatever happens."""
    started = shop.clock.monotonic()
    result = RunResult(shop.recorder.run, shop.plan, Outcome.INFRA_ERROR)
    try:
        try:
            shop.debate.enrol((*shop.cast.everybody, *site.lenses))
            if not shop.debate.signed:
                shop.progress.note("messages are chained, not signed: there is no ssh-keygen")
            result = _built(result, shop, site)
        except HexciError as error:
            result = replace(result, outcome=Outcome(error.outcome), reason=str(error))
        result = replace(result, tried=(_talked(result, shop, started), *result.tried))
        facts = {**result.facts, **_head(shop)}
        result = replace(result, seconds=shop.clock.monotonic() - started, facts=facts)
        return end_run(result, Ending(site.commits, shop.recorder, shop.progress, site.signer))
    except BaseException as error:
        reason = "interrupted" if isinstance(error, KeyboardInterrupt) else repr(error)
        shop.recorder.end(Outcome.INFRA_ERROR, {"reason": reason, **_head(shop)})
        raise


def _built(result: RunResult, shop: Workshop, site: Site) -> RunResult:
    spec, designs = agree_on_spec(shop)
    path = document_path(shop.order, shop.objects.files(shop.plan.base_tree))
    text = document(shop.order, spec, designs, shop.recorder.run)
    tests, red = freeze_tests(shop, spec.text, {path: text.encode("utf-8", "surrogatepass")})
    facts: dict[str, Json] = {
        "designs": [design.priority for design in designs],
        "specification": path,
        "agreed": spec.agreed,
        "dissent": [*spec.dissent],
        "tests": [test for test in sorted(tests.digests) if test != path],
        "tests_digest": tests.digest,
    }
    result = replace(result, facts=facts)
    plan = Blueprint(spec.text, tests, red)
    built, reviewed = write_code(plan, site.builders, shop), Outcome.OK
    if built.accepted and site.review is not None:
        built, reviewed = review_built(built, plan, site.builders, site.review, shop)
    return _result(result, built, reviewed, shop)


def _result(result: RunResult, built: Built, reviewed: Outcome, shop: Workshop) -> RunResult:
    result = replace(result, tried=built.tried, verdict=built.verdict)
    if not built.accepted or built.verdict is None:
        outcome = best_tried(built.tried) if reviewed.happened else reviewed
        return replace(result, outcome=outcome, reason=why_failed(built.tried))
    patch = shop.objects.change(shop.plan.base_tree, built.verdict.tree).patch
    if not reviewed.happened:
        why = "what was built passes the gate, but not the review: hexci show last --messages"
        return replace(result, outcome=reviewed, reason=why, patch=patch)
    return replace(result, outcome=Outcome.OK, candidate=built.candidate, patch=patch)


def _talked(result: RunResult, shop: Workshop, started: float) -> Tried:
    """What the debate used, told as one more turn: whoever adds up a run must count it."""
    tally, coding = shop.tally, sum(turn.seconds for turn in result.tried)
    usage: tuple[tuple[str, Json], ...] = (
        ("prompt_tokens", tally.usage.prompt),
        ("completion_tokens", tally.usage.completion),
        ("usd", None if tally.usd is None else round(tally.usd, 6)),
    )
    seconds = max(0.0, shop.clock.monotonic() - started - coding)
    outcome = Outcome.OK if "tests" in result.facts else result.outcome
    return Tried("debate", outcome, seconds, usage=usage)


def document_path(order: BuildOrder, taken: Collection[str]) -> str:
    """Where the specification is kept: `docs/specs/`, by the first words of the challenge."""
    words = re.findall(r"[a-z0-9]+", order.challenge.lower())[:_SLUG]
    name = "-".join(words)[:_LONGEST].strip("-") or "specification"
    path, number = f"{FOLDER}/{name}.md", 1
    while path in taken:
        number += 1
        path = f"{FOLDER}/{name}-{number}.md"
    return path


def document(order: BuildOrder, spec: Specification, designs: tuple[Design, ...], run: str) -> str:
    """The specification as it is kept with the code."""
    lines = [f"# {' '.join(order.challenge.split())}", "", spec.text.rstrip(), ""]
    if spec.dissent:
        lines += ["## Objections that were not met", ""]
        lines += [f"- {objection}" for objection in spec.dissent]
        lines += [""]
    made = ", ".join(design.priority for design in designs)
    lines += [f"Made from designs for {made}; the debate: `hexci show {run} --messages`.", ""]
    return "\n".join(lines)


def _head(shop: Workshop) -> dict[str, Json]:
    return {"messages_head": shop.debate.log.head}
