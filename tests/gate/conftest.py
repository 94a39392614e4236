"""The catalogue's own projects hold tests, failing ones among them: they are data, not ours."""

import os
from collections.abc import Iterator

import pytest
from gate.evidence_python import evidence_path

collect_ignore = ["attacks", "honest", "projects"]


@pytest.fixture(scope="session", autouse=True)
def evidence_python() -> Iterator[None]:
    """`python` and `pytest` in evidence mean the Python that is made for it."""
    before = os.environ["PATH"]
    os.environ["PATH"] = evidence_path()
    yield
    os.environ["PATH"] = before
