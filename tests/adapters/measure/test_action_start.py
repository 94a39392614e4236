from pathlib import Path

import pytest

from hexci.adapters.measure.action_start import time_starts
from hexci.adapters.sinks.measurements import starts_as_table
from hexci.errors import BadInputError, HexciError

ACTION = """\
runs:
  steps:
    - run: |
        command -v uv > /dev/null && exit 3
        test -e "$PIP_CACHE_DIR" && echo x > "$RUNNER_TEMP/kept"
        mkdir -p "$PIP_CACHE_DIR"
    - run: |
        echo "::stop-commands::x"
        echo "nothing on $GITHUB_EVENT_NAME$(cat "$RUNNER_TEMP/kept" 2> /dev/null)"
        echo more
"""


def checkout(folder: Path, action: str) -> Path:
    (folder / "action.yml").write_text(action)
    return folder


def test_the_first_line_that_tells_is_timed_with_an_empty_cache_and_a_kept_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/usr/local/bin:/usr/bin:/bin")
    starts = [s for s in time_starts(checkout(tmp_path, ACTION), 1) if s.route == "pip"]
    assert [(s.cache, s.line) for s in starts] == [
        ("empty", "nothing on watch"),
        ("kept", "nothing on watchx"),
    ]
    assert all(0 < s.installed <= s.told for s in starts)


def test_a_step_that_fails_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(HexciError, match="could not install"):
        time_starts(checkout(tmp_path, "runs: {steps: [{run: exit 1}, {run: echo}]}"), 1)
    with pytest.raises(BadInputError, match="no "):
        time_starts(tmp_path / "nowhere", 1)


def test_the_table_says_what_the_line_was() -> None:
    table = starts_as_table([("uv", "kept", 1.0, 2.0, 0.5, "nothing was asked for")])
    assert "| uv | kept | 1.0 s | 2.0 s | 0.5 s |" in table
    assert table.endswith("The line: nothing was asked for\n")
