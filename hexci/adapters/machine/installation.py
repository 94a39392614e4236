"""From which commit and folder the hexci that runs here was installed."""

import json
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import unquote, urlsplit

# written by the release workflow before the wheel is built
_STAMP = Path(__file__).parents[2] / "commit.txt"


def stamped_commit() -> str:
    """The commit of a release, or of an installation straight from git; empty: not known."""
    if _STAMP.is_file():
        return _STAMP.read_text().strip()
    vcs = _direct_url().get("vcs_info")
    commit = vcs.get("commit_id", "") if isinstance(vcs, dict) else ""
    return commit if isinstance(commit, str) else ""


def source_folder() -> Path | None:
    """The checkout that it was installed from, or that it is; None when that is not there."""
    url = urlsplit(str(_direct_url().get("url", "")))
    named = [Path(unquote(url.path))] if url.scheme == "file" else []
    for folder in (*named, Path(__file__).parents[3]):
        if (folder / ".git").exists() and (folder / "action.yml").is_file():
            return folder
    return None


def _direct_url() -> dict[str, object]:
    try:
        text = distribution("hexci").read_text("direct_url.json")
    except PackageNotFoundError:
        return {}
    found = json.loads(text) if text else {}
    return found if isinstance(found, dict) else {}
