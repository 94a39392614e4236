"""Keeping a conversation within bounds: old observations shrink first, verdicts stay."""

from collections.abc import Sequence
from dataclasses import replace

from hexci.domain.agent.conversation import Message, Role

# What an old observation is cut to; the newest ones are kept whole.
_STUB = 200
_NEWEST = 4
_VERDICT = "REFUSED"


def compressed(messages: Sequence[Message], most: int) -> tuple[Message, ...]:
    """`messages` with the oldest observations cut until all have at most `most` characters.

    The first two messages, what the gate said, and the newest four are never cut.
    """
    kept = list(messages)
    for place in range(2, max(2, len(kept) - _NEWEST)):
        if sum(len(m.text) for m in kept) <= most:
            break
        message = kept[place]
        answer = message.role in {Role.TOOL, Role.USER}
        if answer and not is_verdict(message) and len(message.text) > _STUB:
            cut = len(message.text) - _STUB
            kept[place] = replace(message, text=f"{message.text[:_STUB]}\n[{cut} characters cut]")
    return tuple(kept)


def is_verdict(message: Message) -> bool:
    """Whether it holds what the gate said."""
    return message.text.removeprefix("propose_edit:\n").startswith(_VERDICT)
