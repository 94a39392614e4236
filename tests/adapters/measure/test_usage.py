"""What a run costs is that of the command, not of who measures it."""

import sys
from pathlib import Path

import pytest

from hexci.adapters.measure.boundaries import Bench
from hexci.adapters.measure.peers import Peer
from hexci.adapters.measure.trees import big
from hexci.adapters.measure.usage import run
from hexci.adapters.sinks.measurements import as_table
from hexci.errors import HexciError


def test_the_peak_is_that_of_the_command_and_not_of_the_bench(tmp_path: Path) -> None:
    ballast = bytearray(200_000_000)  # what the bench holds must not show in what it measures
    small = run((sys.executable, "-S", "-c", "pass"), tmp_path)
    large = run((sys.executable, "-S", "-c", "x = bytearray(150_000_000)"), tmp_path)
    assert len(ballast) == 200_000_000
    assert small.peak < 100 < large.peak
    assert (small.code, small.cpu < small.wall + 1) == (0, True)


def test_a_command_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(HexciError, match="cannot be started"):
        run(("no-such-tool",), tmp_path)


def test_pairs_are_measured_on_a_generated_tree_and_what_fails_is_named(tmp_path: Path) -> None:
    tree = big(tmp_path, 40)
    told: list[str] = []
    bench = Bench(1, told.append)
    good = Peer("python", (sys.executable, "-c", "pass"), frozenset((0,)))
    bad = Peer("broken", (sys.executable, "-c", "raise SystemExit(3)"), frozenset((0,)))
    bench.compare(tree, "cold", good, ours_first=tree.forget)
    bench.compare(tree, "cold", bad)
    assert [(p.name, p.peer, p.unit, len(p.ours)) for p in bench.pairs] == [
        ("generated, 40 modules: cold", "python", unit, 1) for unit in ("CPU s", "wall s", "MB")
    ]
    (missing,) = bench.missing
    assert missing.startswith("generated, 40 modules: cold, beside broken: ")
    assert missing.endswith(" ended with 3")
    assert as_table(bench.pairs, bench.missing).endswith(f"\n\nNot measured: {missing}\n")
