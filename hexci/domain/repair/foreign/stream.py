"""Candidate patches of files that are no Python, best first; each one parses."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from hexci.domain.repair.foreign.operators import proposals
from hexci.domain.repair.foreign.tree import Tree
from hexci.domain.repair.patch import Patch
from hexci.domain.repair.priors import prior_of
from hexci.domain.repair.proposal import Proposal
from hexci.domain.repair.source import apply_edits
from hexci.domain.repair.suspicion import Line

_FALL = 0.95
_Idea = tuple[float, str, str, int, Proposal]


def foreign_patches(
    trees: Mapping[str, Tree], lines: Mapping[Line, float], parses: Callable[[str, bytes], bool]
) -> Iterator[Patch]:
    """Every patch once, families in turns. `parses` says whether a changed file is well formed."""
    ideas: list[_Idea] = []
    for path in sorted(trees):
        for family, node, proposal in proposals(trees[path]):
            blame = lines.get((path, node.line), 0.0)
            if blame > 0:
                score = blame**2 * prior_of(family) * proposal.weight
                ideas.append((score, path, family, node.line, proposal))
    ideas = _in_turns(ideas)
    seen = set()
    for score, path, family, line, proposal in ideas:
        data = apply_edits(trees[path].data, proposal.edits)
        digest = hashlib.sha256(data).hexdigest()
        if digest in seen or data == trees[path].data or not parses(path, data):
            continue
        seen.add(digest)
        yield Patch(
            edits=((path, proposal.edits),),
            files={path: data},
            units=None,
            family=family,
            operator=proposal.operator,
            line=line,
            score=score * (0.02 if proposal.suspect else 1.0),
            suspect=proposal.suspect,
            digest=digest,
        )


def _in_turns(ideas: list[_Idea]) -> list[_Idea]:
    """Best first, each family's ideas falling off: few are tried, and no family may fill all."""
    ideas = sorted(ideas, key=lambda idea: -idea[0])
    turns: Counter[str] = Counter()
    ranked = []
    for idea in ideas:
        family = idea[2]
        ranked.append((idea[0] * _FALL ** turns[family], idea))
        turns[family] += 1
    return [idea for _, idea in sorted(ranked, key=lambda pair: -pair[0])]
