"""Wires what a newcomer asks for first: init, try."""

from pathlib import Path
from typing import TYPE_CHECKING

from hexci.compose.main_job import do, result_as
from hexci.compose.planning import request_from_argv

if TYPE_CHECKING:
    from collections.abc import Callable

    from hexci.domain.outcome import Outcome


def init() -> tuple[tuple[str, bool], ...]:
    """Writes the first files; (path, whether it was written) of each."""
    from hexci.adapters.git.checkout import Checkout
    from hexci.errors import BadInputError
    from hexci.usecases.init_repository import first_files

    checkout = Checkout.at(Path.cwd())
    if checkout.top is None:
        raise BadInputError("this is a bare repository", "Run it in a checkout.")
    done = []
    for path, content in first_files(checkout.tracked_and_untracked()).items():
        place = checkout.top / path
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(content)
            done.append((path, True))
        else:
            done.append((path, False))
    return tuple(done)


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
