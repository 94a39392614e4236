"""A forge that is only read: what would be written is remembered, and nobody else sees it."""

from collections.abc import Sequence

from hexci.adapters.github.forge import GitHub
from hexci.ports.forge import Check, Draft, Permission, PostedComment, PullHead, PullLink


class ReadingGitHub:
    """The ports of a forge for a job whose token may only read."""

    def __init__(self, forge: GitHub) -> None:
        self._forge = forge
        self._said: dict[int, PostedComment] = {}

    def permission(self, login: str) -> Permission:
        """As the forge says."""
        return self._forge.permission(login)

    def pull(self, number: int) -> PullHead:
        """As the forge says."""
        return self._forge.pull(number)

    def comments(self, number: int) -> Sequence[PostedComment]:  # noqa: ARG002 - one thread a job
        """Ours, which nobody else sees."""
        return tuple(self._said.values())

    def add_comment(self, number: int, body: str) -> PostedComment:  # noqa: ARG002
        """Remembered."""
        return self.edit_comment(-1 - len(self._said), body)

    def edit_comment(self, comment: int, body: str) -> PostedComment:
        """Remembered."""
        self._said[comment] = PostedComment(comment, body, own=True, url="")
        return self._said[comment]

    def remove_comment(self, comment: int) -> None:
        """Forgotten."""
        self._said.pop(comment, None)

    def react(self, comment: int, content: str, *, inline: bool) -> None:
        """Nothing."""

    def propose(self, draft: Draft) -> PullLink:  # noqa: ARG002 - nothing is made
        """Nothing is there."""
        return PullLink(0, "")

    def check(self, check: Check) -> None:
        """Nothing."""

    def cancel(self, workflow_run: str) -> bool:  # noqa: ARG002
        """Nothing."""
        return False
