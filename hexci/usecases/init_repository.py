"""`hexci init`: the first files of a repository that uses hexci."""

from hexci.domain.config_path import CONFIG_PATH

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


def first_files(paths: frozenset[str]) -> dict[str, str]:
    """Path → content of what `init` writes into a repository that has `paths`."""
    command = next((command for name, command in _RUNNERS if name in paths), _ANY)
    return {CONFIG_PATH: _CONFIG.format(command=command)}


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
