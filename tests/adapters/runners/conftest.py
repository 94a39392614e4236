from pathlib import Path

import pytest
from fakes.runners import Folder, Runs

from hexci.adapters.process.probe import best_sandbox
from hexci.adapters.runners.sandboxed import SandboxedRunner
from hexci.domain.evidence import EvidenceRun, EvidenceSpec


@pytest.fixture
def run(tmp_path: Path) -> Runs:
    """Runs a command on files, in the best sandbox of this machine."""

    def run(
        command: str, files: dict[str, str], report: str = "", patience: float = 0.0, **how: object
    ) -> EvidenceRun:
        room = tmp_path / "room"
        for name, text in files.items():
            place = room / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)
        spec = EvidenceSpec(command, timeout=120, report=report, patience=patience)
        return SandboxedRunner(best_sandbox()).run(spec, Folder(room), **how)  # type: ignore[arg-type]

    return run
