"""The node kind `pr`: a branch of ours pushed, and its one draft pull request."""

from collections.abc import Callable

from hexci.domain.bounded import bounded
from hexci.domain.outcome import Outcome
from hexci.errors import BadInputError, ConflictError
from hexci.ports.doer import Done, Task
from hexci.ports.forge import Draft, Proposals
from hexci.ports.remote import Origin
from hexci.usecases.doers.arguments import text

# Where proven changes land; the name of the run follows.
AUTO = "hex/auto/"
_MOST_BODY, _MOST_TITLE = 65_536, 256


def open_pull(
    proposals: Callable[[], Proposals],
    origin: Callable[[], Origin],
    *,
    spoken: Callable[[str], str],
) -> Callable[[Task], Done]:
    """What carries out `pr` nodes.

    `proposals` and `origin` give the forge and its git, or raise BadInputError; `spoken` makes
    a text fit to be shown.
    """

    def carry_out(task: Task) -> Done:
        head, base = text(task.arguments, "head"), text(task.arguments, "base")
        if not head or head == base:
            raise BadInputError(f"{head!r} is no branch that could be proposed for {base!r}")
        remote = origin()
        if head.startswith(AUTO):
            # the branch with the record that proves it: both or none
            run = head.removeprefix(AUTO)
            task.gateway.perform(
                "git.push", f"refs/heads/{head}", lambda: remote.push_run(run, head)
            )
        elif not remote.tip(f"refs/heads/{head}"):
            raise ConflictError(f"there is no branch {head} on the remote", "Push it first.")
        title = spoken(" ".join(text(task.arguments, "title").split()))[:_MOST_TITLE]
        body = bounded(spoken(text(task.arguments, "body")), _MOST_BODY)
        draft = Draft(head, base, title, body, ("hexci",))
        link = task.gateway.perform("pr.open", "", lambda: proposals().propose(draft))
        return Done(Outcome.OK, {"number": link.number, "url": link.url})

    return carry_out
