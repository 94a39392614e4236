"""The node kind `comment`: one comment on a thread, edited in place when the node runs again."""

from collections.abc import Callable

from hexci.domain.bounded import bounded
from hexci.domain.outcome import Outcome
from hexci.errors import BadInputError
from hexci.ports.doer import Done, Task
from hexci.ports.forge import Conversation
from hexci.usecases.doers.arguments import number, text
from hexci.usecases.keep_comment import keep_comment

# Characters that GitHub takes.
_MOST = 65_536


def write_comment(
    talk: Callable[[], Conversation], *, spoken: Callable[[str], str]
) -> Callable[[Task], Done]:
    """What carries out `comment` nodes.

    `talk` gives the forge or raises BadInputError; `spoken` makes a text fit to be shown.
    """

    def carry_out(task: Task) -> Done:
        thread = number(task.arguments, "on")
        if thread is None or thread < 1:
            raise BadInputError(f"{thread} is no number of an issue or pull request")
        marker = marker_of(task)
        body = bounded(f"{marker}\n{spoken(text(task.arguments, 'body'))}\n", _MOST)
        posted = task.gateway.perform(
            "comment", "", lambda: keep_comment(thread, marker, body, talk=talk())
        )
        return Done(Outcome.OK, {"url": posted.url})

    return carry_out


def marker_of(task: Task) -> str:
    """What tells this node's comment from all others, in every run of its pipeline."""
    pipeline = task.context.manifest.rpartition("#")[2]
    return f"<!-- hexci:node {pipeline}/{task.node} -->"
