"""Real git repositories for tests, made from a few lines."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

_IDENTITY = {
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
    "GIT_AUTHOR_DATE": "2026-01-02T03:04:05Z",
    "GIT_COMMITTER_DATE": "2026-01-02T03:04:05Z",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "PATH": "/usr/local/bin:/usr/bin:/bin",
}


def git(folder: Path, *arguments: str, stdin: bytes = b"") -> str:
    """Standard output of git in `folder`, stripped."""
    done = subprocess.run(
        ["git", "-c", "init.defaultBranch=main", *arguments],
        cwd=folder,
        env=_IDENTITY,
        input=stdin,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode("utf-8", "surrogateescape").strip()


def repo_with(folder: Path, files: Mapping[str, str | bytes], message: str = "Start") -> Path:
    """A repository in `folder` with one commit of `files`."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q")
    commit(folder, files, message)
    return folder


def commit(folder: Path, files: Mapping[str, str | bytes | None], message: str = "Go on") -> str:
    """Commits `files` (None deletes) on top of what is there; the commit's SHA."""
    for name, content in files.items():
        place = folder / name
        if content is None:
            place.unlink()
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", message)
    return git(folder, "rev-parse", "HEAD")


def fingerprint(folder: Path) -> dict[str, str]:
    """All that a run must leave alone: files, index, config, hooks, refs, HEAD.

    `refs/hexci` and the notes are left out: runs are recorded there.
    """
    state = {
        str(place.relative_to(folder)): _state_of(place)
        for place in sorted(folder.rglob("*"))
        if ".git" not in place.relative_to(folder).parts[:1]
    }
    common = Path(git(folder, "rev-parse", "--path-format=absolute", "--git-common-dir"))
    own = Path(git(folder, "rev-parse", "--path-format=absolute", "--git-dir"))
    for name, root in (("index", own), ("HEAD", own), ("config", common)):
        state[f"git:{name}"] = _state_of(root / name) if (root / name).exists() else "none"
    for place in sorted((common / "hooks").rglob("*")):
        state[f"git:hooks/{place.name}"] = _state_of(place)
    refs = git(folder, "for-each-ref", "--format=%(refname) %(objectname)")
    kept = [
        line for line in refs.splitlines() if not line.startswith(("refs/hexci/", "refs/notes/"))
    ]
    state["git:refs"] = "\n".join(kept)
    return state


def _state_of(place: Path) -> str:
    kind = oct(place.lstat().st_mode)
    if place.is_symlink():
        return f"{kind} -> {place.readlink()}"
    return f"{kind} {place.read_bytes().hex()}" if place.is_file() else kind
