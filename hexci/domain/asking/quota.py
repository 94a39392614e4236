"""How much may be done in one day, by one account and by all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hexci.domain.asking.run_report import read_report
from hexci.domain.stored_run import about
from hexci.errors import BadInputError


@dataclass(frozen=True, slots=True)
class Use:
    """One run of today: whose, and what it cost."""

    run: str
    actor: str
    usd: float = 0.0


@dataclass(frozen=True, slots=True)
class Quota:
    """Runs and dollars a day; None: no limit."""

    actor_runs: int | None = 20
    all_runs: int | None = 100
    actor_usd: float | None = None
    all_usd: float | None = None


def read_use(run: str, files: Mapping[str, bytes]) -> Use:
    """What a run's record says of its use; one that cannot be read counts, as nobody's."""
    try:
        event = about(files).get("event")
        actor = event.get("actor") if isinstance(event, dict) else ""
        return Use(run, actor if isinstance(actor, str) else "", read_report(run, files).usd)
    except BadInputError:
        return Use(run, "")


def exceeded(uses: Iterable[Use], actor: str, quota: Quota) -> str:
    """Which limit the next run of `actor` would break, in words; empty: none."""
    everything = list({use.run: use for use in uses}.values())
    own = [use for use in everything if use.actor.casefold() == actor.casefold()]
    for who, some, runs, usd in (
        (actor, own, quota.actor_runs, quota.actor_usd),
        ("everybody together", everything, quota.all_runs, quota.all_usd),
    ):
        if runs is not None and len(some) >= runs:
            return f"{who} had {len(some)} of {runs} runs today"
        spent = sum(use.usd for use in some)
        if usd is not None and spent >= usd:
            return f"{who} spent ${spent:.2f} of ${usd:.2f} today"
    return ""
