"""What works here and what does not, one line a thing."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from hexci.domain.config import Config
from hexci.domain.config_path import CONFIG_PATH
from hexci.domain.finding import Report
from hexci.domain.gate.vacuity import judge_vacuity
from hexci.domain.outcome import Outcome
from hexci.domain.reach import Reach


class Health(StrEnum):
    """How one thing stands. Only `broken` makes the doctor fail."""

    FINE = "fine"
    WEAK = "weak"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Symptom:
    """One thing that was looked at, what is true, and what to do about it."""

    what: str
    health: Health
    fact: str
    advice: str = ""


def outcome_of(symptoms: Iterable[Symptom], report: Report) -> Outcome:
    """`findings` when something is broken or a workflow has an error, else `ok`."""
    broken = any(s.health is Health.BROKEN for s in symptoms)
    return Outcome.FINDINGS if broken else report.outcome


def config_symptom(config: Config | None) -> Symptom:
    """Whether the work tree's config names evidence that can fail; None: there is no config."""
    if config is None:
        said = f"no {CONFIG_PATH}: evidence must be given each time"
        return Symptom("config", Health.WEAK, said, "Write one: hexci init")
    for name, spec in config.evidence.items():
        if reason := judge_vacuity(spec.command).reason:
            advice = "Name a command that fails when the code is wrong."
            return Symptom("config", Health.BROKEN, f"{name}: {reason}", advice)
    if "default" not in config.evidence:
        advice = "Name one: spec: {evidence: {default: {command: …}}}"
        return Symptom("config", Health.WEAK, "no evidence is named `default`", advice)
    return Symptom("config", Health.FINE, f"evidence: {config.evidence['default'].command}")


def isolation_symptom(level: str) -> Symptom:
    """What the sandbox level that was reached means."""
    if level == "none":
        return Symptom(
            "sandbox",
            Health.WEAK,
            "none: evidence runs with your network and files",
            "Install bubblewrap (apt install bubblewrap); user namespaces must be allowed.",
        )
    return Symptom("sandbox", Health.FINE, f"{level}: no network, own processes, own files")


def candidate_symptom(reach: Reach) -> Symptom:
    """Whether a candidate is there without being named."""
    if reach.spec:
        return Symptom(f"candidate {reach.spec}", Health.FINE, reach.why)
    return Symptom(f"candidate {reach.kind}", Health.WEAK, f"not usable: {reach.why}")
