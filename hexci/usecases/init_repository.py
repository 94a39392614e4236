"""`hexci init`: the first files of a repository that uses hexci, and when they take effect."""

from collections.abc import Mapping
from dataclasses import dataclass

from hexci.domain.config_path import CONFIG_PATH
from hexci.domain.workflows.template import UNRELEASED, WORKFLOW_PATH, workflow_text

# evidence command by the file that tells which runner a repository has, most telling first
_RUNNERS = (
    ("pytest.ini", "python -m pytest -q"),
    ("conftest.py", "python -m pytest -q"),
    ("tests/conftest.py", "python -m pytest -q"),
    ("Cargo.toml", "cargo test"),
    ("go.mod", "go test ./..."),
    ("package.json", "npm test"),
    ("pom.xml", "mvn -q test"),
    ("gradlew", "./gradlew test"),
    ("pyproject.toml", "python -m pytest -q"),
    ("setup.py", "python -m pytest -q"),
)
_ANY = "python -m unittest"


@dataclass(frozen=True, slots=True)
class FirstFile:
    """A file of `init`: what it would hold, what stands there now (None: nothing)."""

    path: str
    wanted: str
    present: str | None

    @property
    def is_own(self) -> bool:
        """Whether another text than ours stands there already."""
        return self.present is not None and self.present != self.wanted

    def is_due(self, *, force: bool) -> bool:
        """Whether it is to be written; what is somebody's own only by `force`."""
        return self.present is None or (force and self.is_own)


def first_files(paths: frozenset[str], action: str) -> dict[str, str]:
    """Path → content of what `init` writes into a repository that has `paths`.

    `action` is hexci's Action as a workflow names it; empty: no workflow is wanted.
    """
    command = next((command for name, command in _RUNNERS if name in paths), _ANY)
    files = {CONFIG_PATH: _CONFIG.format(command=command)}
    return files | ({WORKFLOW_PATH: workflow_text(action)} if action else {})


def what_becomes_active(files: Mapping[str, str], default_branch: str) -> str:
    """What of the files takes effect when, and what a person has to do for it."""
    told = [_LOCAL.format(config=CONFIG_PATH)]
    if WORKFLOW_PATH in files:
        told.append(_ON_GITHUB.format(branch=default_branch, workflow=WORKFLOW_PATH))
        told += [_UNRELEASED] if UNRELEASED in files[WORKFLOW_PATH] else []
    return "\n".join(told)


_CONFIG = """\
# hexci reads this file from the base commit, never from the change it judges.
kind: Config
spec:
  evidence:
    # what proves a change; `hexci do TASK` uses `default` when no --evidence is given
    default: {{command: "{command}", timeout: 600}}
  # tried in this order; leave out for: repair, then whatever is reachable (hexci doctor)
  candidates: [repair]
  limits: {{timeout: 1800, max_steps: 24}}
  paths:
    # a change may not touch these, besides what judges it (tests, CI, test configuration)
    protect: []
"""
_LOCAL = """\
What becomes active when
  now                  hexci doctor           what works here, and what is wrong with the workflows
  after you commit     hexci do, hexci gate   they read {config} from the commit"""
_ON_GITHUB = """\
  on the next PR       job `boundaries`       once there is .hexci/boundaries.yaml
  once on {branch:<12} `/hex help` in a comment, the label `hexci` on an issue: GitHub starts
                       what is on the default branch, and cannot try it from another one
To do once on GitHub
  Settings > Actions > General > "Allow GitHub Actions to create and approve pull requests": else
  the work is pushed, and no draft can be opened for it.
  A label named hexci, if issues are to be asked for by label. Keys of models as secrets, and their
  lines in {workflow}."""
_UNRELEASED = """\
  The workflow names a commit of hexci that is no release: push it where the Action is, or name one:
  hexci init --force --action hexci/hexci@SHA"""
