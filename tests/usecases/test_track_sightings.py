from pathlib import Path

import pytest
from fakes.models import EVERYTHING
from fakes.repositories import repo_with

from hexci.adapters.git.cells import GitCells
from hexci.adapters.git.plumbing import Git
from hexci.domain.machine import MACHINES, Move
from hexci.errors import ConflictError
from hexci.usecases.enforce_law import LawGateway
from hexci.usecases.move_entity import Registry, move_entity
from hexci.usecases.track_sightings import Sighting, Tracked, track_findings, track_states

LAW = LawGateway(EVERYTHING)
SEEN = Move("", "ada", "2026-01-02T03:04:05Z", "seen")


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    cells = GitCells(Git(repo_with(tmp_path / "r", {"a": "a"})))
    return Registry(MACHINES, cells, lambda _: None)


def found(registry: Registry, *names: str, source: str = "p/n") -> Tracked:
    return track_findings({name: {"path": "a.py"} for name in names}, source, SEEN, registry, LAW)


def state(registry: Registry, name: str) -> object:
    value = registry.state("finding", name)
    return value and value["state"]


def test_findings_open_are_fixed_when_gone_and_open_again(registry: Registry) -> None:
    assert found(registry, "a", "b") == Tracked(new=("a", "b"))
    assert found(registry, "a", "b") == Tracked()
    assert found(registry, "b").gone == ("a",)
    assert (state(registry, "a"), state(registry, "b")) == ("fixed", "open")
    assert found(registry, "a", "b").moved == ("a",)
    assert state(registry, "a") == "open"


def test_what_a_person_dismissed_stays_so_and_only_its_source_can_lose_it(
    registry: Registry,
) -> None:
    found(registry, "a", "b")
    move_entity("finding", "a", Move("dismissed", "ben", "2026-01-02T03:04:06Z"), registry)
    assert found(registry, "a", "b") == Tracked(dismissed=("a",))
    assert found(registry, source="other/n") == Tracked()
    assert (state(registry, "a"), state(registry, "b")) == ("dismissed", "open")
    with pytest.raises(ConflictError, match="leads to open, not to fixed"):
        move_entity("finding", "a", Move("fixed", "ben", "2026-01-02T03:04:07Z"), registry)


def test_a_decision_that_goes_back_behind_our_back_is_refused(registry: Registry) -> None:
    def seen(status: str) -> Tracked:
        return track_states({"d1": Sighting("d1", status, {})}, "adr", SEEN, registry, LAW)

    assert seen("accepted") == Tracked(new=("d1",))
    assert seen("superseded") == Tracked(moved=("d1",))
    assert seen("accepted").refused == (
        "d1: it is superseded, which leads to nowhere, not to accepted",
    )
