"""Jobs of a workflow on a loopback GitHub: real payloads, a real remote, the real command line."""

import copy
import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fakes.command_line import BUGGY, environment, hexci_argv
from fakes.git_server import GitServer, git_server
from fakes.github_server import TOKEN, FakeGitHub, fake_github
from fakes.registry import webhook_examples
from fakes.repositories import git, repo_with

EVIDENCE = "python3 -m unittest -q"
DO = f'/hex do fix the sum --evidence "{EVIDENCE}" --file calc.py --candidate repair'


@dataclass(frozen=True)
class Done:
    """What a job left: exit code, log, outputs, summary."""

    exit_code: int
    log: str
    outputs: dict[str, str]
    summary: str


@dataclass
class World:
    """A repository on a forge; `job` runs one workflow job on an event."""

    folder: Path
    remote: GitServer
    github: FakeGitHub
    jobs: int = 0
    more: dict[str, str] = field(default_factory=dict)

    def checkout(self) -> Path:
        """A fresh checkout of the default branch, as actions/checkout leaves it."""
        self.jobs += 1
        place = self.folder / f"job{self.jobs}"
        git(self.folder, "clone", "-q", f"file://{self.remote.bare}", str(place))
        return place

    def environment(self, place: Path, event: str, payload: Any, **more: str) -> dict[str, str]:
        """What the runner and action.yml set."""
        scratch = place.with_suffix(".tmp")
        scratch.mkdir(exist_ok=True)
        (scratch / "event.json").write_text(json.dumps(payload))
        told = {
            "GITHUB_EVENT_NAME": event, "GITHUB_EVENT_PATH": str(scratch / "event.json"),
            "GITHUB_REPOSITORY": "octo/app", "GITHUB_RUN_ID": str(9000 + self.jobs),
            "GITHUB_RUN_ATTEMPT": "1", "GITHUB_API_URL": self.github.url,
            "GITHUB_SERVER_URL": self.remote.url, "GITHUB_OUTPUT": str(scratch / "output"),
            "GITHUB_STEP_SUMMARY": str(scratch / "summary.md"), "RUNNER_TEMP": str(scratch),
            "HEXCI_INPUT_TOKEN": TOKEN, "TMPDIR": str(scratch),
        }  # fmt: skip
        return environment(**{**told, **self.more, **more})

    def start(
        self, event: str, payload: Any, place: Path | None = None, **more: str
    ) -> "subprocess.Popen[str]":
        """A job under way."""
        place = place or self.checkout()
        return subprocess.Popen(
            hexci_argv("action"), cwd=place, text=True,
            env=self.environment(place, event, payload, **more),
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def job(self, event: str, payload: Any, place: Path | None = None, **more: str) -> Done:
        """A job from start to end."""
        place = place or self.checkout()
        process = self.start(event, payload, place, **more)
        log, _ = process.communicate(timeout=200)
        return self.done(place, process.returncode, log)

    def done(self, place: Path, exit_code: int, log: str) -> Done:
        """What the job in `place` left."""
        scratch = place.with_suffix(".tmp")
        output, summary = scratch / "output", scratch / "summary.md"
        return Done(
            exit_code,
            log,
            parse_outputs(output.read_text()) if output.exists() else {},
            summary.read_text() if summary.exists() else "",
        )

    def comment(
        self,
        body: str,
        *,
        who: str = "ada",
        number: int = 12,
        pull: bool = False,
        number_of: int = 501,
    ) -> dict[str, Any]:
        """GitHub's own example of a new comment, by `who` under issue or pull request `number`."""
        examples = webhook_examples()["issue_comment"]
        payload = copy.deepcopy(next(e for e in examples if e["action"] == "created"))
        user = {"login": who, "id": self.github.accounts[who], "type": "User"}
        payload["comment"] |= {"id": number_of, "body": body, "user": {**payload["sender"], **user}}
        payload["sender"] |= user
        payload["issue"] |= {"number": number}
        if pull:
            payload["issue"]["pull_request"] = {"url": f"{self.github.url}/x"}
        return self.of_here(payload)

    def pull_request(self, head: str, *, number: int = 12) -> dict[str, Any]:
        """GitHub's own example of a pull request from a fork, with new commits up to `head`."""
        examples = webhook_examples()["pull_request"]
        payload = copy.deepcopy(next(e for e in examples if e["action"] == "opened"))
        pull = payload["pull_request"]
        pull["number"] = number
        pull["base"] |= {"ref": "main", "sha": self.remote.refs()["refs/heads/main"]}
        pull["head"] |= {"ref": "topic", "sha": head}
        pull["head"]["repo"]["id"] = pull["base"]["repo"]["id"] + 1
        return self.of_here(payload)

    def of_here(self, payload: dict[str, Any]) -> dict[str, Any]:
        """A payload as this repository sends it."""
        payload["repository"] |= {"full_name": "octo/app", "id": 1, "default_branch": "main"}
        return payload

    @property
    def branches(self) -> list[str]:
        """Agent branches on the remote."""
        return [ref for ref in self.remote.refs("refs/heads/hex")]  # noqa: C416 - names only

    @property
    def said(self) -> list[str]:
        """Bodies of the forge's comments."""
        return [comment["body"] for comment in self.github.comments.values()]


def parse_outputs(text: str) -> dict[str, str]:
    """GITHUB_OUTPUT as the runner reads it."""
    found, lines = {}, iter(text.splitlines())
    for line in lines:
        name, mark, delimiter = line.partition("<<")
        assert mark, line
        value = []
        for inner in lines:
            if inner == delimiter:
                break
            value.append(inner)
        found[name] = "\n".join(value)
    return found


@contextmanager
def world(folder: Path, files: dict[str, str] | None = None) -> Iterator[World]:
    """A forge with one repository whose evidence is red; every exchange must be as described."""
    seed = repo_with(folder / "seed", files or BUGGY)
    with git_server(folder / "served", seed) as remote, fake_github() as github:
        remote.writers.add(TOKEN)
        github.heads = lambda branch: remote.refs().get(f"refs/heads/{branch}")
        github.accounts = {"ada": 7, "ben": 8, "bob": 9, "mallory": 66}
        github.permissions = {"ada": "admin", "ben": "write", "bob": "read"}
        yield World(folder, remote, github)
        assert github.violations == []
