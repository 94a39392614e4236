"""Workflows of the cases, judged as `hexci doctor` judges a file."""

from pathlib import Path

from hexci.compose.doctoring import judged
from hexci.domain.finding import Finding

CASES = Path(__file__).parent / "cases"


def found(text: str, path: str = ".github/workflows/w.yml") -> tuple[Finding, ...]:
    """What is wrong with a workflow."""
    return judged(path, text.encode())


def rules(text: str) -> list[str]:
    """The ids of what is wrong, each once."""
    return sorted({finding.rule for finding in found(text)})


def in_job(steps: str, on: str = "push:", job: str = "") -> str:
    """A workflow of one job that is sound but for `steps`, `on` and `job`."""
    return (
        f"name: w\non:\n  {on}\npermissions: {{}}\njobs:\n  work:\n    runs-on: ubuntu-24.04\n"
        f"    timeout-minutes: 30\n    permissions:\n      contents: read\n{job}    steps:\n{steps}"
    )
