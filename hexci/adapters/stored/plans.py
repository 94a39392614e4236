"""Plans and orders out of a run's record, to take it up again: checked, never trusted."""

from collections.abc import Mapping
from typing import TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from hexci.domain.building.order import BuildOrder
from hexci.domain.plan import Plan
from hexci.domain.review.claim import LensReport
from hexci.domain.review.order import ReviewOrder
from hexci.errors import BadInputError

Value = TypeVar("Value")

BUILD = "build.json"
REVIEW = "review-order.json"
_PLAN = "plan.json"


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class StoredBuild:
    """`build.json`: the order, and the commit whose config rules."""

    order: BuildOrder
    law: str


def read_plan(files: Mapping[str, bytes]) -> Plan:
    """The plan of a record. Raises BadInputError when it is missing or no plan."""
    return _read(TypeAdapter(Plan), files, _PLAN)


def read_build(files: Mapping[str, bytes]) -> StoredBuild:
    """The order of a build. Raises BadInputError when the run was no build."""
    return _read(TypeAdapter(StoredBuild), files, BUILD)


def read_review(files: Mapping[str, bytes]) -> ReviewOrder:
    """The order of a review. Raises BadInputError when the run was no review."""
    return _read(TypeAdapter(ReviewOrder), files, REVIEW)


def read_report(content: bytes) -> LensReport:
    """What a lens said. Raises BadInputError when it is no report."""
    return _read(TypeAdapter(LensReport), {"report": content}, "report")


def _read(adapter: TypeAdapter[Value], files: Mapping[str, bytes], name: str) -> Value:
    content = files.get(name)
    if content is None:
        raise BadInputError(f"the record has no {name}: it is of another kind of run")
    try:
        return adapter.validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise BadInputError(f"{name} of the record: {place}: {first['msg']}") from error
