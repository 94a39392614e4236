"""Who may have what done: one table, deny by default."""

from dataclasses import dataclass

from hexci.domain.asking.commands import Verb
from hexci.domain.asking.intent import Source
from hexci.domain.plan import Trust


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a decision rests on.

    `source` is who must be allowed, `writes` whether the permission endpoint gives that account
    write access now, `same_account` whether the endpoint spoke of the very account that acted,
    `fork` whether the code is a stranger's, `approved` whether somebody with write access, who is
    neither the requester nor the author of the code, approved exactly this commit.
    """

    verb: Verb
    source: Source
    writes: bool = False
    same_account: bool = True
    fork: bool = False
    approved: bool = False


@dataclass(frozen=True, slots=True)
class Ruling:
    """`allowed`, at what trust, and why; `quietly` when a refusal earns no answer in public."""

    allowed: bool
    trust: Trust
    reason: str
    quietly: bool = False


_CHANGES = frozenset({Verb.DO, Verb.RETRY, Verb.BUILD, Verb.REVIEW})


def rule(facts: Facts) -> Ruling:
    """The decision."""
    if facts.source is Source.ANYBODY:
        member = facts.writes and facts.same_account and not facts.fork
        trust = Trust.MEMBER if member else Trust.UNTRUSTED
        return Ruling(facts.verb is Verb.ANALYZE, trust, "anybody may have code checked")
    if facts.source is Source.NOBODY:
        return Ruling(
            allowed=True, trust=Trust.TRUSTED, reason="the default branch's own workflow asks"
        )
    if not facts.writes:
        reason = "only accounts with write access to the repository may ask"
        return Ruling(allowed=False, trust=Trust.UNTRUSTED, reason=reason, quietly=True)
    if not facts.same_account:
        reason = "the login belongs to another account than the one that asked"
        return Ruling(allowed=False, trust=Trust.UNTRUSTED, reason=reason, quietly=True)
    if facts.verb in _CHANGES and facts.fork:
        if facts.approved:
            reason = "this commit of a fork was approved by a second person"
            return Ruling(allowed=True, trust=Trust.UNTRUSTED, reason=reason)
        reason = "the code is a fork's: a second person with write access must approve the commit"
        return Ruling(allowed=False, trust=Trust.UNTRUSTED, reason=reason)
    return Ruling(allowed=True, trust=Trust.TRUSTED, reason="write access")
