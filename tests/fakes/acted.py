"""`act` runs a workflow with the Action of this checkout, as a hosted runner would."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from fakes.github_server import TOKEN
from fakes.workflow_jobs import World

from hexci.domain import workflow

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


# actions/upload-artifact and download-artifact, as far as a folder can stand in for GitHub's store
UPLOAD = """\
name: upload
inputs: {name: {required: true}, path: {required: true}, overwrite: {}, retention-days: {}}
runs:
  using: composite
  steps:
    - shell: bash
      env: {NAME: "${{ inputs.name }}", FROM: "${{ inputs.path }}"}
      run: mkdir -p "$ARTIFACTS/$NAME" && cp -r "$FROM/." "$ARTIFACTS/$NAME"
"""
DOWNLOAD = """\
name: download
inputs: {name: {}, pattern: {}, path: {required: true}, merge-multiple: {}}
runs:
  using: composite
  steps:
    - shell: bash
      env: {NAME: "${{ inputs.name }}${{ inputs.pattern }}", TO: "${{ inputs.path }}"}
      run: mkdir -p "$TO" && for one in "$ARTIFACTS"/$NAME; do cp -r "$one/." "$TO"; done
"""


def artifact_actions(folder: Path) -> dict[str, Path]:
    """Stand-ins for the artifact actions that compiled workflows use, by `name@commit`."""
    found = {}
    for pin, text in ((workflow.UPLOAD, UPLOAD), (workflow.DOWNLOAD, DOWNLOAD)):
        place = folder / pin.name
        place.mkdir(parents=True)
        (place / "action.yml").write_text(text)
        found[pin.uses] = place
    return found


def action_of_this_checkout(folder: Path) -> Path:
    """What git tracks and nothing else, as a checkout at a ref holds it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "action.yml", "bootstrap.py", "pyproject.toml", "hexci",
         "README.md", "LICENSE", "CHANGELOG.md"],
        cwd=ROOT, capture_output=True, check=True,
    ).stdout.decode()  # fmt: skip
    for name in listed.split("\0"):
        if name and (ROOT / name).exists():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target)
    return folder


def installed_action(folder: Path) -> Path:
    """Our action.yml with this very Python where it would install one: seconds for every job."""
    folder.mkdir(parents=True)
    head, mark, rest = (ROOT / "action.yml").read_text().partition("    - name: Install hexci\n")
    assert mark
    kept = rest[rest.index("    - name: Handle the event") :]
    install = (
        'd="$RUNNER_TEMP/hexci-venv/bin"; mkdir -p "$d"; '
        f'printf \'#!/bin/sh\\nexec {sys.executable} "$@"\\n\' > "$d/python"; chmod +x "$d/python"'
    )
    step = f"    - shell: bash\n      run: |\n        {install}\n"
    (folder / "action.yml").write_text(head + step + kept)
    return folder


def act(
    here: World,
    event: str,
    payload: Any,
    *,
    uses: str = "octo/hexci@v1",
    made: Path | None = None,
    others: Mapping[str, Path] = MappingProxyType({}),
) -> "subprocess.CompletedProcess[str]":
    """The workflow of the default branch, run on an event; skips where there is no act.

    `uses` is how it names the Action of this checkout (or `made`), `others` are more actions.
    """
    binary = Path(sys.executable).with_name("act")
    if not binary.exists():
        pytest.skip("act is not installed")
    place = here.checkout()
    scratch = here.folder / "act"
    scratch.mkdir()
    (scratch / "event.json").write_text(json.dumps(payload))
    actions = {uses: made or action_of_this_checkout(scratch / "hexci"), **others}
    settings = {
        "GITHUB_API_URL": here.github.url,
        "GITHUB_SERVER_URL": here.remote.url,
        "GITHUB_REPOSITORY": "octo/app",
        "PIP_CACHE_DIR": str(Path.home() / ".cache/pip"),
        "ARTIFACTS": str(scratch / "artifacts"),
    }
    return subprocess.run(
        [
            str(binary), event, "-e", str(scratch / "event.json"), "-s", f"GITHUB_TOKEN={TOKEN}",
            "-P", "ubuntu-latest=-self-hosted", "-P", "ubuntu-24.04=-self-hosted",
            "--no-cache-server",
            *(part for k, v in actions.items() for part in ("--local-repository", f"{k}={v}")),
            *(part for k, v in settings.items() for part in ("--env", f"{k}={v}")),
        ],
        cwd=place,
        env={
            **{k: v for k, v in os.environ.items() if k.startswith(("PIP_", "PATH"))},
            "HOME": str(scratch), "XDG_CACHE_HOME": str(scratch / "cache"),
        },
        capture_output=True, text=True, timeout=280, check=False,
    )  # fmt: skip
