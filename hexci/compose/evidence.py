"""Wires what runs evidence: the sandbox, the runner, the gate's bench."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import Quarters
    from hexci.ports.progress import Progress
    from hexci.ports.runner import EvidenceRunner
    from hexci.ports.sandbox import Sandbox
    from hexci.usecases.hearing import Bench


def build_bench(
    checkout: "Checkout", quarters: "Quarters", base_commit: str, progress: "Progress"
) -> "Bench":
    """What the gate works with, for one repository."""
    from hexci.adapters.machine.clock import SystemClock
    from hexci.adapters.witness.programs import WitnessPrograms
    from hexci.usecases.hearing import Bench

    return Bench(
        objects=quarters.vault,
        rooms=quarters.rooms(base_commit),
        runner=build_runner(checkout.top),
        clock=SystemClock(),
        progress=progress,
        witness=WitnessPrograms(),
    )


def build_runner(checkout: Path | None) -> "EvidenceRunner":
    """Runs evidence in the best sandbox; rooms are mounted where `checkout` is."""
    from hexci.adapters.runners.sandboxed import SandboxedRunner

    return SandboxedRunner(build_sandbox(checkout))


def build_sandbox(checkout: Path | None, *, network: bool = False) -> "Sandbox":
    """The strongest isolation that works on this machine; with `network` only where granted."""
    from hexci.adapters.process.probe import best_sandbox

    return best_sandbox(checkout, network=network)
