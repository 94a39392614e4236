from hexci.domain.journal import Journal
from hexci.domain.stored_run import active_seconds


def test_only_time_at_work_counts_whoever_ends_a_killed_run_and_whenever() -> None:
    journal = Journal().add("run.started", "run", "2026-01-01T00:00:00Z")
    journal = journal.add("call.kept", "c", "2026-01-01T00:01:00Z")
    journal = journal.close_all("2026-01-02T00:00:00Z", "lost")
    journal = journal.add("run.started", "run", "2026-01-03T00:00:00Z")
    journal = journal.add("run.ended", "run", "2026-01-03T00:00:30Z", status="ok")
    assert active_seconds(journal) == 90.0
    assert active_seconds(Journal()) == 0.0
