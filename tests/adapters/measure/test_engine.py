"""The kernel's own figures are of programs that really ran."""

import json

import pytest

from hexci.compose.engine_bench import print_figures


def test_every_figure_is_there_and_above_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    print_figures(5, 2)
    told = json.loads(capsys.readouterr().out)
    assert sorted(told) == ["call", "chain", "compile", "fan", "law"]
    assert min(told.values()) > 0
