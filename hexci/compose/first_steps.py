"""Wires what a newcomer asks for first: init, try."""

from pathlib import Path
from typing import TYPE_CHECKING

from hexci.compose.main_job import do, result_as
from hexci.compose.planning import request_from_argv

if TYPE_CHECKING:
    from collections.abc import Callable

    from hexci.adapters.git.checkout import Checkout
    from hexci.domain.outcome import Outcome
    from hexci.usecases.init_repository import FirstFile

# where the Action is published
_HOME = "hexci/hexci"


def init(*, action: str | None, force: bool, dry: bool) -> "tuple[FirstFile, ...]":
    """Writes the first files that are not there (with `force`, all), unless `dry`; all of them.

    `action` is hexci's Action, pinned; None: the one that runs here, empty: no workflow. Raises
    BadInputError when it is not pinned, or not known and not given.
    """
    from hexci.errors import BadInputError
    from hexci.usecases.init_repository import FirstFile, first_files

    checkout = _checkout()
    top = checkout.top
    if top is None:
        raise BadInputError("this is a bare repository", "Run it in a checkout.")
    wanted = first_files(checkout.tracked_and_untracked(), _action(action))
    files = tuple(FirstFile(path, text, _present(top / path)) for path, text in wanted.items())
    due = [file for file in files if file.is_due(force=force) and not dry]
    for file in due:
        place = top / file.path
        real = place.parent.resolve() == top.resolve() / Path(file.path).parent
        if not real or place.is_symlink() or (place.exists() and not place.is_file()):
            raise BadInputError(f"{file.path} is no regular file here", "Remove what is there.")
    for file in due:
        place = top / file.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(file.wanted)
    return files


def _present(place: Path) -> str | None:
    if place.is_file():
        return place.read_text("utf-8", "replace")
    return "" if place.is_symlink() or place.exists() else None


def difference(file: "FirstFile") -> str:
    """What `init --force` would change, as a unified diff; empty: nothing."""
    import difflib

    before = (file.present or "").splitlines(keepends=True)
    after = file.wanted.splitlines(keepends=True)
    name = f"a/{file.path}" if file.present is not None else "/dev/null"
    return "".join(difflib.unified_diff(before, after, name, f"b/{file.path}"))


def what_becomes_active(files: "tuple[FirstFile, ...]") -> str:
    """What the files lead to, and when."""
    from hexci.usecases.init_repository import what_becomes_active as told

    # as far as this clone knows
    done = _checkout().git.call("symbolic-ref", "--short", "refs/remotes/origin/HEAD")
    branch = done.stdout.decode().strip().removeprefix("origin/") or "main"
    return told({file.path: file.wanted for file in files}, branch)


def _checkout() -> "Checkout":
    from hexci.adapters.git.checkout import Checkout

    return Checkout.at(Path.cwd())


def _action(asked: str | None) -> str:
    from hexci.domain.workflows.template import is_pinned
    from hexci.errors import BadInputError

    if asked is None:
        return _own_action()
    if asked and not is_pinned(asked):
        hint = "Give it with its commit: --action hexci/hexci@SHA"
        raise BadInputError(f"{asked!r} does not name a commit", hint)
    return asked


def _own_action() -> str:
    """The Action of the very hexci that runs here. Raises BadInputError when it is not known."""
    from hexci import __version__
    from hexci.adapters.git.plumbing import Git
    from hexci.adapters.machine.installation import source_folder, stamped_commit
    from hexci.domain.workflows.template import UNRELEASED
    from hexci.errors import BadInputError

    commit, name = stamped_commit(), f"v{__version__}"
    folder = source_folder()
    if not commit and folder is not None:
        git = Git(folder)
        if git.succeeds("rev-parse", "--verify", "--quiet", "HEAD"):
            commit = git.line("rev-parse", "HEAD")
            tag = git.call("describe", "--tags", "--exact-match", commit).stdout.decode().strip()
            name = tag or UNRELEASED.removeprefix("# ")
    if not commit:
        raise BadInputError(
            "this hexci does not know the commit it was made from, and a workflow must name it",
            "Give it: hexci init --action hexci/hexci@SHA, or leave the workflow out: "
            "hexci init --no-workflow",
        )
    return f"{_HOME}@{commit} # {name}"


def try_it(folder: str, say: "Callable[[str], None]") -> "Outcome":
    """Makes the small project in `folder` and runs the main job on it."""
    from hexci.adapters.git.demo_repository import make_repository
    from hexci.domain.demo import EVIDENCE, FILES, TASK

    place = Path(folder).resolve()
    make_repository(place, FILES)
    say(f"made {folder}: {', '.join(FILES)}; its tests fail. Now, as you would:\n")
    say(f'  cd {folder}\n  hexci do "{TASK}" --evidence "{EVIDENCE}"\n')
    request = request_from_argv(task=TASK, evidence=EVIDENCE, candidates=("repair",))
    result = do(request, "HEAD", place)
    say(result_as(result, as_json=False))
    if result.outcome.happened:
        say(f"The record lies in git: cd {folder} && git log --all --notes=hexci/evidence")
        say(f"Prove it again, offline: cd {folder} && hexci verify {result.branch}")
    return result.outcome
