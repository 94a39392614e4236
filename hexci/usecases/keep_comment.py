"""The one comment of a thread: found by its marker, edited in place, never doubled."""

from hexci.ports.forge import Conversation, ForgeFault, PostedComment

# One look after each attempt to write; a platform that loses this many answers is broken.
_TRIES = 4


def keep_comment(number: int, marker: str, body: str, *, talk: Conversation) -> PostedComment:
    """The comment that begins with `marker`, now with `body`; made when there is none.

    Of several (two jobs at once) the oldest stays. Somebody else's comment with our marker is
    left alone. Raises ForgeFault when the platform does not take it.
    """
    assert body.startswith(marker)  # noqa: S101 - else it would be written again and again
    for attempt in range(_TRIES):
        own = [c for c in talk.comments(number) if c.own and c.body.startswith(marker)]
        if not own:
            try:
                talk.add_comment(number, body)
            except ForgeFault as fault:
                # lost answers are cleared up by the next look
                if not fault.perhaps or attempt == _TRIES - 1:
                    raise
            continue
        for double in own[1:]:
            talk.remove_comment(double.id)
        return own[0] if own[0].body == body else talk.edit_comment(own[0].id, body)
    raise ForgeFault("a comment was written again and again, and is not to be seen")
