"""The evidence command in a sandbox, with the runner's own account of its tests."""

import os
import secrets
import tempfile
from collections.abc import Sequence
from pathlib import Path

from hexci.adapters.runners.account import account_of
from hexci.adapters.runners.detection import Runner, call_in
from hexci.adapters.runners.families import FAMILIES, Prepared, Request, clear_globs, read_globs
from hexci.adapters.runners.reports import read_tap
from hexci.adapters.runners.scripts import resolved
from hexci.adapters.runners.streams import words_of_go
from hexci.domain.evidence import Account, EvidenceRun, EvidenceSpec
from hexci.ports.rooms import Room
from hexci.ports.sandbox import Sandbox

# Runners whose only account is what they print are listened to for longer.
_PRINTED = 20_000_000
_SHOWN = 1_000_000


class SandboxedRunner:
    """Runs evidence by `bash -eo pipefail`, as the last line of defence against lost failures."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._runners: dict[str, Runner] = {}

    def can_select(self, evidence: EvidenceSpec) -> bool:
        """Whether `only` narrows a run of this command, as far as is known before its first run."""
        runner = self._runners.get(evidence.command) or call_in(evidence.command).runner
        return not evidence.report and runner in FAMILIES and FAMILIES[runner].selects

    def run(
        self,
        evidence: EvidenceSpec,
        room: Room,
        *,
        only: Sequence[str] = (),
        shuffle: int | None = None,
    ) -> EvidenceRun:
        """One run in `room`."""
        call = resolved(evidence.command, Path(room.path))
        self._runners[evidence.command] = call.runner
        with tempfile.TemporaryDirectory(
            prefix=f"hexci-{os.getpid()}-", ignore_cleanup_errors=True
        ) as name:
            desk = Path(name).resolve()
            request = Request(
                call,
                desk,
                desk / secrets.token_hex(16),
                secrets.token_hex(16),
                self._sandbox.seen_as(room.path),
                Path(room.path),
                tuple(only),
                shuffle,
                evidence.patience,
            )
            prepared = _prepared(request, evidence)
            done = self._sandbox.run(
                ["bash", "-eo", "pipefail", "-c", prepared.command],
                room=room.path,
                timeout=evidence.timeout,
                environment={"PYTHONHASHSEED": str(shuffle or 0), **prepared.variables},
                writable=[desk],
                output_limit=_PRINTED,
            )
            output = done.output.decode("utf-8", "replace")
            account = _account(request, evidence, output)
        if call.runner is Runner.GO:
            output = words_of_go(output)
        return EvidenceRun(
            exit_code=done.exit_code,
            output=_shown(output),
            seconds=done.seconds,
            isolation=self._sandbox.level,
            account=account,
            notes=_notes(request, evidence, account),
        )


def _prepared(request: Request, evidence: EvidenceSpec) -> Prepared:
    if evidence.report:
        clear_globs(request.room, evidence.report)
        return Prepared(evidence.command)
    family = FAMILIES.get(request.call.runner)
    return family.prepare(request) if family else Prepared(evidence.command)


def _account(request: Request, evidence: EvidenceSpec, output: str) -> Account | None:
    if evidence.report:
        tests = read_globs(request.room, evidence.report)
        return None if tests is None else account_of("junit", tests)
    family = FAMILIES.get(request.call.runner)
    if family is None:
        tests = read_tap(output)
        return None if tests is None else account_of("tap", tests)
    tests = family.read(request, output)
    return None if tests is None else account_of(request.call.runner.value, tests)


def _notes(request: Request, evidence: EvidenceSpec, account: Account | None) -> tuple[str, ...]:
    family = FAMILIES.get(request.call.runner)
    notes = []
    if account is None:
        why = "left no account" if family else "is none whose account can be read"
        notes.append(f"the runner of `{evidence.command}` {why}: only its exit code is known")
    if request.shuffle is not None and not (family and family.shuffles):
        notes.append("the order of the tests could not be changed, only the hash seed of Python")
    if request.only and not (family and family.selects and not evidence.report):
        notes.append("single tests cannot be selected: all were run")
    return tuple(notes)


def _shown(output: str) -> str:
    """Head and tail of what was printed."""
    if len(output) <= _SHOWN:
        return output
    half = _SHOWN // 2
    left_out = len(output) - _SHOWN
    return f"{output[:half]}\n… {left_out} characters left out …\n{output[-half:]}"
