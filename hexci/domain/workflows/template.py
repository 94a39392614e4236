"""The workflow that `hexci init` writes: it passes actionlint, zizmor and `hexci doctor`."""

import re

WORKFLOW_PATH = ".github/workflows/hexci.yml"
CHECKOUT = "actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2"
# what stands behind a pin that no tag names
UNRELEASED = "# unreleased"
# owner/name@commit, and what the commit is called
_ACTION = re.compile(r"[\w.-]+/[\w.-]+(?:/[\w./-]+)?@[0-9a-f]{40}(?: # [\w.+-]+)?")


def is_pinned(action: str) -> bool:
    """Whether `owner/name@SHA`, with `# version` behind it or not, names a commit."""
    return _ACTION.fullmatch(action) is not None


def workflow_text(action: str) -> str:
    """The workflow; `action` is hexci's own, pinned."""
    return _WORKFLOW.replace("ACTION", action).replace("CHECKOUT", CHECKOUT)


_WORKFLOW = """\
# Written by `hexci init`, yours to change; `hexci doctor` says what is wrong with it.
name: hexci

on:
  # Comments and labels start what is on the default branch, and nothing else.
  # zizmor: ignore[dangerous-triggers] nothing of a comment's text is run; hexci asks who wrote it
  issue_comment:
    types: [created]
  issues:
    types: [labeled]
  pull_request:

permissions: {}

jobs:
  command:
    name: a /hex command
    # a cheap filter; what is a command, and who may give it, is decided by hexci
    if: >-
      (github.event_name == 'issue_comment' && startsWith(github.event.comment.body, '/hex'))
      || (github.event_name == 'issues' && github.event.label.name == 'hexci')
    runs-on: ubuntu-24.04
    timeout-minutes: 30
    permissions:
      actions: write # /hex stop cancels the job that works
      checks: write # what /hex review shows, at the lines it is about
      contents: write # the branch, the evidence note and the run's record
      issues: write # the comment
      pull-requests: write # the draft
    # here and not above: there, any comment would enter the group and push others out of it
    concurrency:
      group: hexci-${{ github.event_name }}-${{ github.event.issue.number }}-\
${{ startsWith(github.event.comment.body, '/hex stop') && github.run_id || 'work' }}
      cancel-in-progress: false
    steps:
      - uses: CHECKOUT
        with:
          persist-credentials: false
      # what the evidence needs is installed here: setup-node, pip install, …
      - uses: ACTION
        with:
          minutes: "30" # as timeout-minutes
        # a model becomes a candidate when it has a key:
        # env:
        #   OPENAI_API_KEY: ${{ secrets.OPENAI_API_KEY }}

  check:
    name: boundaries
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      checks: write # the check run with its annotations
      contents: read
    concurrency:
      group: hexci-check-${{ github.ref }}
      cancel-in-progress: true
    steps:
      - uses: CHECKOUT
        with:
          persist-credentials: false
      - uses: ACTION
        with:
          minutes: "10"
"""
