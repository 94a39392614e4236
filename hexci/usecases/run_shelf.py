"""What a run has paid for, kept in its record: one step for each call, before it is used."""

from collections.abc import Mapping

from hexci.usecases.record_run import Recorder

FOLDER = "calls"


class RunShelf:
    """Replies of models as files of the record; `before` is the record as it was taken up."""

    def __init__(self, recorder: Recorder, before: Mapping[str, bytes] | None = None) -> None:
        self._recorder = recorder
        self._before = before or {}

    def take(self, name: str) -> bytes | None:
        """A reply of before; within one run nothing is asked for twice."""
        return self._before.get(_path(name))

    def keep(self, name: str, content: bytes) -> None:
        """Commits a reply."""
        self._recorder.note("call.kept", name[:12])
        self._recorder.step(f"call {name[:12]}", {_path(name): content})


def _path(name: str) -> str:
    return f"{FOLDER}/{name}.json"
