"""The operator's checkout: where it is, and what of it is not in any commit."""

from dataclasses import dataclass
from pathlib import Path

from hexci.adapters.git.plumbing import Git
from hexci.errors import BadInputError


@dataclass(frozen=True, slots=True)
class Checkout:
    """A repository as git sees it from one folder. `top` is None in a bare repository."""

    git: Git
    top: Path | None
    common: Path
    object_format: str

    @classmethod
    def at(cls, folder: Path) -> "Checkout":
        """The repository that `folder` is in. Raises BadInputError when it is in none."""
        git = Git(folder)
        if not git.succeeds("rev-parse", "--git-dir"):
            raise BadInputError(
                f"{folder} is not inside a git repository",
                "Change to the repository, or make one: git init && git add -A && git commit",
            )
        common = Path(git.line("rev-parse", "--git-common-dir"))
        bare = git.line("rev-parse", "--is-bare-repository") == "true"
        top = None if bare else Path(git.line("rev-parse", "--show-toplevel"))
        return cls(
            git=Git(top or folder),
            top=top,
            common=(folder / common).resolve(),
            object_format=git.line("rev-parse", "--show-object-format"),
        )

    def resolve(self, ref: str) -> str:
        """The commit `ref` names here. Raises BadInputError when it names none."""
        done = self.git.call(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}"
        )
        if done.returncode == 0:
            return done.stdout.decode().strip()
        if ref == "HEAD":
            raise BadInputError("the repository has no commit yet", "Commit the code first.")
        raise BadInputError(f"{ref!r} names no commit here", "See: git log --oneline --all")

    def dirty(self) -> tuple[str, ...]:
        """Paths with uncommitted changes, untracked ones included; never written to."""
        if self.top is None:
            return ()
        listed = self.git.run("status", "--porcelain", "-z", "--no-renames", "--ignore-submodules")
        return tuple(
            entry[3:].decode("utf-8", "surrogateescape") for entry in listed.split(b"\0") if entry
        )

    def branch(self) -> str:
        """The branch that is checked out; empty where HEAD is none."""
        done = self.git.call("symbolic-ref", "--quiet", "--short", "HEAD")
        return done.stdout.decode("utf-8", "replace").strip()

    def trailers(self, commit: str) -> dict[str, str]:
        """The trailers of a commit's message; of a repeated key the last one."""
        text = self.git.run("log", "-1", "--format=%(trailers:only,unfold)", commit, "--")
        pairs = (line.partition(": ") for line in text.decode("utf-8", "replace").splitlines())
        return {key: value.strip() for key, colon, value in pairs if colon}

    def tracked_and_untracked(self) -> frozenset[str]:
        """Every path of the work tree that git does not ignore."""
        listed = self.git.run("ls-files", "-z", "--cached", "--others", "--exclude-standard")
        return frozenset(listed.decode("utf-8", "surrogateescape").split("\0")) - {""}

    def blame(self, path: str, line: int) -> str:
        """The commit that last changed a line of HEAD's `path`.

        Raises BadInputError when HEAD has no such line.
        """
        done = self.git.call("blame", "--porcelain", "-L", f"{line},{line}", "HEAD", "--", path)
        if done.returncode != 0:
            said = done.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ")
            raise BadInputError(f"{path}:{line} cannot be traced: {said}")
        return done.stdout.split(b" ", 1)[0].decode().lstrip("^")

    def describe(self, commit: str) -> tuple[str, str, str]:
        """Author, date (ISO 8601) and subject of a commit."""
        text = self.git.run("log", "-1", "--format=%an%x00%aI%x00%s", commit, "--")
        author, date, subject = text.decode("utf-8", "replace").rstrip("\n").split("\0")
        return author, date, subject
