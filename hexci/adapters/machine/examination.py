"""Looking at the machine for `hexci doctor`."""

import platform
import re
import shutil
import subprocess
import sys

from hexci.domain.symptom import Health, Symptom

_OLDEST_GIT = (2, 34)


def examine_git() -> Symptom:
    """Whether git is there and new enough for what we ask of it."""
    path = shutil.which("git")
    if path is None:
        return Symptom("git", Health.BROKEN, "not on PATH", "Install git 2.34 or newer.")
    said = subprocess.run(
        [path, "--version"], capture_output=True, text=True, timeout=30, check=False
    ).stdout.strip()
    found = re.search(r"(\d+)\.(\d+)", said)
    version = (int(found[1]), int(found[2])) if found else (0, 0)
    if version < _OLDEST_GIT:
        return Symptom("git", Health.BROKEN, said, "Install git 2.34 or newer.")
    return Symptom("git", Health.FINE, said)


def examine_python() -> Symptom:
    """Which Python runs hexci."""
    said = f"{platform.python_version()} at {sys.executable}"
    return Symptom("python", Health.FINE, said)


def examine_bash() -> Symptom:
    """Evidence is a line for bash."""
    path = shutil.which("bash")
    if path is None:
        return Symptom("bash", Health.BROKEN, "not on PATH", "Install bash: evidence runs in it.")
    return Symptom("bash", Health.FINE, path)
