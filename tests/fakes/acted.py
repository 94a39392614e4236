"""`act` runs a workflow with the Action of this checkout, as a hosted runner would."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fakes.github_server import TOKEN
from fakes.workflow_jobs import World

ROOT = Path(__file__).parents[2]
WORKFLOW = """\
name: hexci
on:
  issue_comment:
    types: [created]
permissions: {}
jobs:
  hexci:
    if: startsWith(github.event.comment.body, '/hex')
    runs-on: ubuntu-latest
    timeout-minutes: 30
    permissions:
      contents: write
      issues: write
      pull-requests: write
    concurrency:
      group: hexci-${{ github.event.issue.number }}
      cancel-in-progress: false
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683
        with:
          persist-credentials: false
      - id: hexci
        uses: octo/hexci@v1
      - run: echo "TOLD $OUTCOME $PULL"
        if: always()
        shell: bash
        env:
          OUTCOME: ${{ steps.hexci.outputs.outcome }}
          PULL: ${{ steps.hexci.outputs.pr-number }}
"""


def act(here: World, event: str, payload: Any) -> "subprocess.CompletedProcess[str]":
    """The workflow of the default branch, run on an event; skips where there is no act."""
    binary = Path(sys.executable).with_name("act")
    if not binary.exists():
        pytest.skip("act is not installed")
    place = here.checkout()
    scratch = here.folder / "act"
    scratch.mkdir()
    (scratch / "event.json").write_text(json.dumps(payload))
    # a checkout at a ref holds what git tracks and nothing else
    listed = subprocess.run(
        ["git", "ls-files", "-z", "action.yml", "bootstrap.py", "pyproject.toml", "hexci",
         "README.md", "LICENSE", "CHANGELOG.md"],
        cwd=ROOT, capture_output=True, check=True,
    ).stdout.decode()  # fmt: skip
    for name in listed.split("\0"):
        if name and (ROOT / name).exists():
            target = scratch / "hexci" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target)
    settings = {
        "GITHUB_API_URL": here.github.url,
        "GITHUB_SERVER_URL": here.remote.url,
        "GITHUB_REPOSITORY": "octo/app",
        "PIP_CACHE_DIR": str(Path.home() / ".cache/pip"),
    }
    return subprocess.run(
        [
            str(binary), event, "-e", str(scratch / "event.json"), "-s", f"GITHUB_TOKEN={TOKEN}",
            "-P", "ubuntu-latest=-self-hosted", "--no-cache-server",
            "--local-repository", f"octo/hexci@v1={scratch / 'hexci'}",
            *(part for k, v in settings.items() for part in ("--env", f"{k}={v}")),
        ],
        cwd=place,
        env={
            **{k: v for k, v in os.environ.items() if k.startswith(("PIP_", "PATH"))},
            "HOME": str(scratch), "XDG_CACHE_HOME": str(scratch / "cache"),
        },
        capture_output=True, text=True, timeout=280, check=False,
    )  # fmt: skip
