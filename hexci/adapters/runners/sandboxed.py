"""The evidence command in a sandbox, with the runner's own account of its tests."""

import json
import os
import re
import secrets
import tempfile
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path

from hexci.adapters.runners.account import read_account
from hexci.adapters.runners.detection import Runner, runner_of, with_unittest_script
from hexci.domain.evidence import EvidenceRun, EvidenceSpec
from hexci.ports.rooms import Room
from hexci.ports.sandbox import Sandbox

_INSIDE = {Runner.PYTEST: "pytest_account.py", Runner.UNITTEST: "unittest_account.py"}
_ORDERS = re.compile(r"^ORDERS = .*$", re.MULTILINE)


class SandboxedRunner:
    """Runs evidence by `bash -eo pipefail`, as the last line of defence against lost failures."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def can_select(self, evidence: EvidenceSpec) -> bool:
        """Whether `only` narrows a run of this command."""
        return runner_of(evidence.command) is not Runner.UNKNOWN

    def run(
        self,
        evidence: EvidenceSpec,
        room: Room,
        *,
        only: Sequence[str] = (),
        shuffle: int | None = None,
    ) -> EvidenceRun:
        """One run in `room`."""
        runner = runner_of(evidence.command)
        with tempfile.TemporaryDirectory(
            prefix=f"hexci-{os.getpid()}-", ignore_cleanup_errors=True
        ) as name:
            desk = Path(name).resolve()
            report = desk / secrets.token_hex(16)
            command, variables = self._prepared(evidence, runner, desk, report, only, shuffle)
            done = self._sandbox.run(
                ["bash", "-eo", "pipefail", "-c", command],
                room=room.path,
                timeout=evidence.timeout,
                environment=variables,
                writable=[desk],
            )
            account = read_account(runner.value, report)
        return EvidenceRun(
            exit_code=done.exit_code,
            output=done.output.decode("utf-8", "replace"),
            seconds=done.seconds,
            isolation=self._sandbox.level,
            account=account,
            notes=(f"unknown runner: {evidence.command}",) if runner is Runner.UNKNOWN else (),
        )

    def _prepared(  # noqa: PLR0913, PLR0917
        self,
        evidence: EvidenceSpec,
        runner: Runner,
        desk: Path,
        report: Path,
        only: Sequence[str],
        shuffle: int | None,
    ) -> tuple[str, dict[str, str]]:
        variables = {"PYTHONHASHSEED": str(shuffle or 0)}
        if runner is Runner.UNKNOWN:
            return evidence.command, variables
        module = f"account_{secrets.token_hex(8)}"
        script = desk / f"{module}.py"
        orders = {"report": str(report), "only": list(only), "shuffle": shuffle}
        script.write_text(_with_orders(_INSIDE[runner], orders))
        if runner is Runner.UNITTEST:
            return with_unittest_script(evidence.command, str(script)), variables
        variables |= {"PYTHONPATH": str(desk), "PYTEST_ADDOPTS": f"-p {module} -p no:cacheprovider"}
        return evidence.command, variables


def _with_orders(name: str, orders: Mapping[str, object]) -> str:
    source = resources.files("hexci.adapters.runners").joinpath("inside", name).read_text("utf-8")
    literal = json.dumps(json.dumps(orders))
    return _ORDERS.sub(lambda _: f"ORDERS = json.loads({literal})", source, count=1)
