"""Wires the taking over of older records."""

from typing import TYPE_CHECKING

from hexci.compose.ledger_room import open_room, policy_of, rendered
from hexci.compose.ledger_writing import writing_of

if TYPE_CHECKING:
    from hexci.domain.outcome import Outcome


def take_over(
    folder: str, *, dry_run: bool, format_name: str, missing: str = ""
) -> "tuple[Outcome, str]":
    """Imports records of another format into the ledger's folder; `missing` is for no status."""
    from hexci.usecases.import_ledger import import_ledger

    with open_room() as room:
        writing = writing_of(room)
        desk = room.work_tree()
        report = import_ledger(
            desk.read(folder.rstrip("/")),
            policy=writing.work_policy,
            today=writing.today,
            taken=writing.files,
            desk=None if dry_run else desk,
            missing=missing,
        )
    return report.outcome, rendered(report, format_name)


def adopt(format_name: str) -> "tuple[Outcome, str]":
    """Writes the adoption point into the config, and the first index."""
    from hexci.domain.config_path import CONFIG_PATH
    from hexci.usecases.import_ledger import adopt_ledger

    with open_room() as room:
        config = room.top() / CONFIG_PATH
        text = config.read_bytes() if config.is_file() else None
        report = adopt_ledger(
            text,
            room.commit("HEAD"),
            writing=writing_of(room),
            read_policy=policy_of,
            desk=room.work_tree(),
        )
    return report.outcome, rendered(report, format_name)
