import os
import subprocess
import sys

import pytest

from hexci.adapters.machine.job import read_job
from hexci.errors import BadInputError

JOB = {
    "GITHUB_EVENT_NAME": "issue_comment", "GITHUB_EVENT_PATH": "/e.json",
    "GITHUB_REPOSITORY": "octo/app", "GITHUB_RUN_ID": "7",
}  # fmt: skip
CANARY = "ghs_" + "c4" * 18
# another process of the same user, who is nobody's administrator, looks at its parent
LOOK = """
import ctypes, os, subprocess, sys
from hexci.adapters.machine.job import close_to_others, read_job
if os.getuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
    ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # as a process is that was no other user's before
job = read_job(os.environ)
if sys.argv[1] == "closed":
    close_to_others()
seen = subprocess.run(["sh", "-c", "env; cat /proc/$PPID/environ"], capture_output=True)
print((job.token.encode() in seen.stdout), len(seen.stdout) > 0)
"""


def test_the_token_leaves_the_environment_and_the_fields_that_are_shown() -> None:
    """T11: what the process hands on cannot hold it."""
    environment = {**JOB, "HEXCI_INPUT_TOKEN": CANARY, "GITHUB_TOKEN": "other", "MY_API_KEY": "k"}
    job = read_job(environment)
    assert job.token == CANARY
    assert {"HEXCI_INPUT_TOKEN", "GITHUB_TOKEN"}.isdisjoint(environment)
    assert (CANARY in repr(job), set(job.secrets)) == (False, {CANARY, "k"})


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows other processes' environment")
def test_another_process_of_the_same_user_cannot_read_our_environment() -> None:
    """T11: without a sandbox too, for whoever is not the machine's administrator."""
    environment = {**JOB, "HEXCI_INPUT_TOKEN": CANARY, "PATH": os.environ["PATH"]}
    told = {}
    for state in ("open", "closed"):
        done = subprocess.run(
            [sys.executable, "-c", LOOK, state],
            cwd="/", env=environment, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        told[state] = done.stdout.split()
    # the first line shows that the look would find it
    assert told == {"open": ["True", "True"], "closed": ["False", "True"]}


def test_all_that_is_wrong_with_a_job_is_told_at_once() -> None:
    with pytest.raises(BadInputError) as told:
        read_job({"HEXCI_INPUT_MODE": "fast", "HEXCI_INPUT_MINUTES": "never"})
    for part in ("GITHUB_RUN_ID", "`token` is empty", "`mode`", "`minutes`"):
        assert part in str(told.value)
