import json
from collections.abc import Mapping

import pytest
from fakes.ports import FakeClock, FakeRecords

from hexci.domain.canonical import Json
from hexci.domain.journal import Journal
from hexci.domain.stored_run import about, complaints
from hexci.errors import BadInputError
from hexci.usecases.collect_garbage import old_runs
from hexci.usecases.list_runs import find_run, list_runs
from hexci.usecases.sweep_runs import sweep_runs

NOW = "2026-01-02T03:04:05Z"


def record(records: FakeRecords, run: str, **facts: Json) -> None:
    journal = Journal().add("run.started", "run", NOW)
    body = {"status": "running", "owner": {"pid": 1}, "expires": "2026-02-01T00:00:00Z", **facts}
    files = {"run.json": json.dumps(body).encode(), "events.ndjson": journal.text}
    records.begin(run, files, "plan ok")
    if body["status"] == "ended":
        records.step(run, {}, "end ok")


def dead(_: Mapping[str, Json]) -> bool | None:
    return False


def alive(_: Mapping[str, Json]) -> bool | None:
    return True


def elsewhere(_: Mapping[str, Json]) -> bool | None:
    return None


def test_a_dead_owner_is_swept_as_lost_once() -> None:
    records = FakeRecords()
    record(records, "r1")
    clock = FakeClock()
    assert sweep_runs(records=records, clock=clock, is_alive=dead) == ("r1",)
    assert about(records.stored["r1"])["outcome"] == "lost"
    assert complaints(records.stored["r1"]) == ()
    assert sweep_runs(records=records, clock=clock, is_alive=dead) == ()


def test_a_living_owner_is_left_alone() -> None:
    records = FakeRecords()
    record(records, "r1")
    assert sweep_runs(records=records, clock=FakeClock(), is_alive=alive) == ()


@pytest.mark.parametrize(
    ("expires", "swept"), [("2026-01-01T00:00:00Z", ("r1",)), ("2026-01-03T00:00:00Z", ())]
)
def test_a_run_of_another_machine_is_swept_when_its_lease_is_over(
    expires: str, swept: tuple[str, ...]
) -> None:
    records = FakeRecords()
    record(records, "r1", expires=expires)
    assert sweep_runs(records=records, clock=FakeClock(), is_alive=elsewhere) == swept


def test_only_old_and_ended_runs_are_garbage() -> None:
    records = FakeRecords()
    record(records, "20250101T000000Z-aaaa", status="ended")
    record(records, "20250101T000001Z-bbbb")
    record(records, "20260102T000000Z-cccc", status="ended")
    assert old_runs(30, records=records, clock=FakeClock()) == ("20250101T000000Z-aaaa",)


@pytest.mark.parametrize("days", [-1, 1e9, float("nan")])
def test_an_age_that_makes_no_sense_is_bad_input(days: float) -> None:
    with pytest.raises(BadInputError):
        old_runs(days, records=FakeRecords(), clock=FakeClock())


def test_a_run_is_found_by_any_end_of_its_id_or_as_the_last() -> None:
    records = FakeRecords()
    for run in ("20250101T000000Z-aaaa", "20250102T000000Z-bbbb"):
        record(records, run)
    assert find_run("bbbb", records=records).run == "20250102T000000Z-bbbb"
    assert find_run("20250101", records=records).run == "20250101T000000Z-aaaa"
    assert find_run("last", records=records).run == "20250102T000000Z-bbbb"


@pytest.mark.parametrize("name", ["2025", "nothing", "last"])
def test_an_ambiguous_or_unknown_run_is_bad_input(name: str) -> None:
    records = FakeRecords()
    if name != "last":
        for run in ("20250101T000000Z-aaaa", "20250102T000000Z-bbbb"):
            record(records, run)
    with pytest.raises(BadInputError):
        find_run(name, records=records)


def test_a_record_that_cannot_be_read_is_listed_with_its_trouble() -> None:
    records = FakeRecords()
    records.begin("r1", {"run.json": b"{broken"}, "plan ok")
    line = list_runs(5, records=records)[0]
    assert line.outcome == "unreadable"
    assert "not JSON" in line.trouble[0]


def test_a_forged_event_shows_as_trouble() -> None:
    records = FakeRecords()
    record(records, "r1")
    text = records.stored["r1"]["events.ndjson"]
    more = Journal().add("gate.started", "red", NOW).text
    records.stored["r1"]["events.ndjson"] = text + more
    assert "chain of events is broken at event 2" in list_runs(5, records=records)[0].trouble[0]
