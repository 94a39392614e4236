import json

import pytest

from hexci.domain.asking.run_report import RunReport, read_report
from hexci.domain.canonical import Json


def told(*usages: dict[str, Json]) -> RunReport:
    tried = [{"name": "m", "usage": [[name, value] for name, value in usage.items()]}
             for usage in usages]  # fmt: skip
    about = {"status": "ended", "outcome": "unproven", "tried": tried}
    return read_report("r", {"run.json": json.dumps(about).encode()})


@pytest.mark.parametrize(
    ("usages", "usd", "unpriced"),
    [
        ([], 0.0, False),
        ([{"usd": 0.5, "prompt_tokens": 9}], 0.5, False),
        ([{"usd": 0.0, "prompt_tokens": 9}], 0.0, False),
        ([{"usd": None, "prompt_tokens": 9}], 0.0, True),
        ([{"usd": 0.5, "prompt_tokens": 9}, {"usd": None, "completion_tokens": 1}], 0.5, True),
        ([{"patches": 4}], 0.0, False),
    ],
)
def test_tokens_without_a_price_make_a_report_unpriced(
    usages: list[dict[str, Json]], usd: float, *, unpriced: bool
) -> None:
    report = told(*usages)
    assert (report.usd, report.unpriced) == (usd, unpriced)
