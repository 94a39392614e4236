"""Which candidates a node may ask: those it names, as its law allows them."""

from collections.abc import Callable

from hexci.ports.doer import Task
from hexci.usecases.doers.arguments import words

# SPECs that ask no model.
MODEL_FREE = ("repair", "cmd:")


def allowed_candidates(task: Task, named: Callable[[str], str]) -> tuple[str, ...]:
    """The SPECs a node names, by themselves or by an adapter's name.

    Raises DeniedError, recorded, for one that it may not ask.
    """
    asked = tuple(named(spec) for spec in words(task.arguments, "candidates"))
    for spec in asked:
        if not spec.startswith(MODEL_FREE):
            task.gateway.require("llm", spec)
    return asked
