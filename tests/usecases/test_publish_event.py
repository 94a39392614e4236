from collections.abc import Mapping
from pathlib import Path

import pytest
from fakes.ports import FakeClock
from fakes.repositories import repo_with

from hexci.adapters.git.cells import GitCells
from hexci.adapters.git.plumbing import Git
from hexci.domain.canonical import Json
from hexci.domain.lineage import Lineage
from hexci.domain.manifests.context import DEEPEST
from hexci.errors import BadInputError, DeniedError
from hexci.usecases.publish_event import Bus, Publisher, publish_event


class Heard:
    """A forge that remembers what was started."""

    def __init__(self) -> None:
        self.events: list[tuple[str, Mapping[str, Json]]] = []

    def dispatch(self, event: str, payload: Mapping[str, Json]) -> None:
        self.events.append((event, payload))


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def bus(tmp_path: Path, heard: Heard) -> Bus:
    cells = GitCells(Git(repo_with(tmp_path / "r", {"a": "a"})))
    return Bus(cells, FakeClock(), lambda _: None, heard)


def by(lineage: Lineage) -> Publisher:
    return Publisher("ada", "c" * 40, lineage)


def test_a_chain_of_events_is_followed_and_ends(bus: Bus, heard: Heard) -> None:
    lineage = Lineage("run-0", "", 0)
    for number in range(DEEPEST):
        assert publish_event("t", {"n": number}, by(lineage), bus) == (number + 1, True)
        event, payload = heard.events[-1]
        assert (event, payload["root"], payload["depth"]) == ("hexci.t", "run-0", number + 1)
        assert len(payload) <= 10  # as many as GitHub takes
        lineage = Lineage(f"run-{number + 1}", str(payload["root"]), number + 1)
    with pytest.raises(DeniedError, match="began with run-0"):
        publish_event("t", {}, by(lineage), bus)
    assert len(heard.events) == DEEPEST


def test_data_that_is_none_of_pointers_is_not_published(bus: Bus, heard: Heard) -> None:
    with pytest.raises(BadInputError, match="Publish a pointer"):
        publish_event("t", {"x": "y" * 20_000}, by(Lineage()), bus)
    assert (heard.events, bus.cells.read("bus/t")) == ([], None)


def test_a_topic_keeps_its_newest_events(bus: Bus) -> None:
    for _ in range(22):
        publish_event("t", {}, by(Lineage("r")), bus)
    topic = bus.cells.read("bus/t")
    assert topic is not None
    events = topic.value["events"]
    assert isinstance(events, list)
    assert (topic.value["serial"], len(events)) == (22, 20)
