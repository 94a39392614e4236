"""Starts the server in the sandbox by way of the evidence command itself."""

import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hexci.adapters.forkserver.bench import ForkBench
from hexci.adapters.forkserver.channel import Channel, ServerGoneError
from hexci.adapters.forkserver.commands import server_command
from hexci.domain.evidence import EvidenceRun, EvidenceSpec
from hexci.ports.executor import Bench
from hexci.ports.rooms import Room
from hexci.ports.sandbox import Sandbox

_INSIDE = Path(__file__).parent / "inside"
_MEASURE_SHARE = 0.2  # of it, for running the tests unpatched; slow tests may take longer
_START_SHARE = 0.5  # of the time there is, for importing and collecting


class ForkServerExecutor:
    """Python programs whose evidence is pytest or unittest."""

    def __init__(self, sandbox: Sandbox, slots: int) -> None:
        self._sandbox = sandbox
        self._slots = slots

    @contextmanager
    def open(
        self, evidence: EvidenceSpec, room: Room, red: EvidenceRun, *, seconds: float
    ) -> Iterator[Bench | None]:
        """A bench, None when the command is no pytest and no unittest or does not get that far."""
        # short names: a local socket's address may have about a hundred characters
        folder = Path(tempfile.mkdtemp(prefix="hexci-fork-")).resolve()
        try:
            shutil.copytree(
                _INSIDE, folder / "hexci_inside", ignore=shutil.ignore_patterns("__pycache__")
            )
            root = str(self._sandbox.seen_as(room.path))
            command = server_command(evidence.command, str(folder), str(folder / "s"), root)
            if command is None:
                yield None
                return
            channel = Channel(folder / "s")
            server = threading.Thread(
                target=lambda: self._sandbox.run(
                    ["bash", "-eo", "pipefail", "-c", command.line],
                    room=room.path,
                    timeout=seconds,
                    environment=command.environment,
                    writable=[folder],
                ),
                daemon=True,
            )
            server.start()
            try:
                yield self._bench(channel, server, red, seconds)
            finally:
                channel.close()
                server.join(timeout=10.0)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _bench(
        self, channel: Channel, server: threading.Thread, red: EvidenceRun, seconds: float
    ) -> ForkBench | None:
        try:
            hello = channel.accept(seconds * _START_SHARE, server.is_alive)
            if hello is None:
                return None
            bench = ForkBench(channel, hello, red, slots=self._slots)
            bench.measure(max(seconds * _MEASURE_SHARE, red.seconds * 2))
        except ServerGoneError:
            return None
        return bench if bench.failing or bench.flaky else None
