import os
from pathlib import Path

import pytest

from hexci.adapters.models.governor import available_memory, reserved
from hexci.domain.agent.memory_law import MemoryClaim
from hexci.errors import ModelError

GIB = 2**30


def machine(folder: Path, gib: float) -> Path:
    file = folder / "meminfo"
    file.write_text(f"MemTotal: 99999999 kB\nMemAvailable: {int(gib * 2**20)} kB\n")
    return file


def test_without_a_cgroup_the_machine_decides(tmp_path: Path) -> None:
    assert available_memory(tmp_path / "none", machine(tmp_path, 3)) == 3 * GIB


@pytest.mark.parametrize(("limit", "expected"), [("max", 8 * GIB), (str(2 * GIB), GIB + 100)])
def test_a_cgroup_narrows_it_and_idle_pages_count_as_free(
    tmp_path: Path, limit: str, expected: int
) -> None:
    (tmp_path / "memory.max").write_text(f"{limit}\n")
    (tmp_path / "memory.current").write_text(f"{GIB}\n")
    (tmp_path / "memory.stat").write_text("anon 5\ninactive_file 100\n")
    assert available_memory(tmp_path, machine(tmp_path, 8)) == expected


def test_a_refusal_names_the_figures() -> None:
    refusal = MemoryClaim(weights=4 * GIB, available=6 * GIB, reserved=2 * GIB).refusal
    assert "needs 4710 MiB; of 6144 MiB available, 2048 MiB are reserved" in refusal


def test_what_fits_is_not_refused() -> None:
    assert MemoryClaim(weights=GIB, available=2 * GIB).refusal == ""


def test_a_model_larger_than_the_machine_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="huge was not started"), reserved(2**50, "huge", tmp_path):
        pass


def test_reservations_of_living_runs_count_and_those_of_dead_ones_go(tmp_path: Path) -> None:
    (tmp_path / "4194999-dead").write_text(str(2**60))
    with reserved(1000, "small", tmp_path):
        assert [p.name.partition("-")[0] for p in tmp_path.glob("[0-9]*-*")] == [str(os.getpid())]
    (tmp_path / f"{os.getpid()}-other").write_text(str(2**60))
    with pytest.raises(ModelError, match="reserved by other runs"), reserved(1, "s", tmp_path):
        pass
