"""The workflow job that we are: read from the environment once, the secrets taken out of it."""

import ctypes
import sys
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path

from hexci.domain.asking.delivery import Inputs
from hexci.domain.plan import Mode
from hexci.errors import BadInputError

_INPUT = "HEXCI_INPUT_"
STAGES = ("all", "work", "publish")
_NEEDED = ("GITHUB_EVENT_NAME", "GITHUB_EVENT_PATH", "GITHUB_REPOSITORY", "GITHUB_RUN_ID")
_SECRET = ("_TOKEN", "_KEY", "_SECRET", "_PASSWORD", "_PAT")
# prctl(PR_SET_DUMPABLE, 0): /proc/PID/environ and memory are closed to others of the same user
_PR_SET_DUMPABLE = 4


@dataclass(frozen=True, slots=True)
class SystemPart:
    """The process of a system that this job is to run. `needs` is GitHub's own context, as JSON."""

    manifest: str
    system: str
    process: str
    item: int | None
    needs: str


@dataclass(frozen=True, slots=True)
class WorkflowJob:
    """What the runner says. `token` is in no other place of this process by now."""

    event: str
    payload: Path
    repository: str
    api: str
    server: str
    run: str
    attempt: int
    token: str = field(repr=False)
    output: Path | None
    summary: Path | None
    scratch: Path
    minutes: float
    account: str
    stage: str
    handover: Path
    inputs: Inputs
    secrets: tuple[str, ...] = field(repr=False)
    part: SystemPart | None = None


def read_job(environment: MutableMapping[str, str]) -> WorkflowJob:
    """The job in `environment`, from which the token is removed.

    Raises BadInputError naming everything that is missing or wrong, at once.
    """
    wrong: list[str] = []
    token = environment.pop(f"{_INPUT}TOKEN", "") or environment.pop("GITHUB_TOKEN", "")
    environment.pop("GITHUB_TOKEN", None)
    wrong += [f"{n} is not set: this is no workflow job" for n in _NEEDED if not environment.get(n)]
    if not token:
        wrong.append("the input `token` is empty")
    inputs = _inputs(environment, wrong)
    minutes = _number(environment, "MINUTES", "30", wrong)
    stage = environment.get(f"{_INPUT}STAGE", "").strip() or "all"
    if stage not in STAGES:
        wrong.append(f"the input `stage` is {stage!r}: one of {', '.join(STAGES)}")
    part = _part(environment, wrong)
    scratch = Path(environment.get("RUNNER_TEMP") or "/tmp")  # noqa: S108 - the runner's own
    if wrong:
        raise BadInputError("\n".join(wrong), "`hexci action` is what action.yml runs.")
    return WorkflowJob(
        event=environment["GITHUB_EVENT_NAME"],
        payload=Path(environment["GITHUB_EVENT_PATH"]),
        repository=environment["GITHUB_REPOSITORY"],
        api=environment.get("GITHUB_API_URL") or "https://api.github.com",
        server=(environment.get("GITHUB_SERVER_URL") or "https://github.com").rstrip("/"),
        run=environment["GITHUB_RUN_ID"],
        attempt=int(environment.get("GITHUB_RUN_ATTEMPT") or "1"),
        token=token,
        output=_place(environment, "GITHUB_OUTPUT"),
        summary=_place(environment, "GITHUB_STEP_SUMMARY"),
        scratch=scratch,
        minutes=minutes,
        account=environment.get(f"{_INPUT}ACCOUNT", ""),
        stage=stage,
        handover=Path(environment.get(f"{_INPUT}HANDOVER") or scratch / "hexci-handover"),
        inputs=inputs,
        secrets=(token, *secrets_in(environment)),
        part=part,
    )


def close_to_others() -> None:
    """Keeps other processes of this user out of our memory and environment, where Linux can."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _inputs(environment: Mapping[str, str], wrong: list[str]) -> Inputs:
    def said(name: str) -> str:
        return environment.get(f"{_INPUT}{name}", "").strip()

    def listed(name: str) -> tuple[str, ...]:
        return tuple(line.strip() for line in said(name).splitlines() if line.strip())

    mode = said("MODE") or Mode.FIX.value
    if mode not in set(Mode):
        wrong.append(f"the input `mode` is {mode!r}: one of {', '.join(Mode)}")
    bots = said("ALLOWED_BOTS").replace(",", " ").split()
    if not all(bot.isdigit() for bot in bots):
        wrong.append("the input `allowed-bots` lists bots by their number, such as 29139614")
        bots = []
    return Inputs(
        task=said("TASK"),
        evidence=said("EVIDENCE"),
        candidates=listed("CANDIDATES"),
        files=listed("FILES"),
        mode=mode,
        label=said("LABEL") or "hexci",
        assignee=said("ASSIGNEE"),
        bots=frozenset(int(bot) for bot in bots),
    )


def _part(environment: Mapping[str, str], wrong: list[str]) -> SystemPart | None:
    def said(name: str) -> str:
        return environment.get(f"{_INPUT}{name}", "").strip()

    if not said("SYSTEM"):
        return None
    item = said("ITEM")
    if not said("PROCESS") or not (item.isdecimal() or not item):
        wrong.append("with `system` go `process`, and `item` where it is a number")
        return None
    return SystemPart(
        said("SYSTEM"), said("SYSTEM_NAME"), said("PROCESS"), int(item) if item else None,
        said("PIPES"),
    )  # fmt: skip


def _number(environment: Mapping[str, str], name: str, default: str, wrong: list[str]) -> float:
    text = environment.get(f"{_INPUT}{name}", "").strip() or default
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 1 <= value <= 360:
        wrong.append(f"the input `{name.lower()}` is {text!r}: a number from 1 to 360")
    return value


def secrets_in(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The values of variables whose names say that they are secret."""
    return tuple(v for name, v in environment.items() if name.upper().endswith(_SECRET))


def _place(environment: Mapping[str, str], name: str) -> Path | None:
    return Path(environment[name]) if environment.get(name) else None
