"""The node kind `publish`: an event on a topic, and whoever listens to it."""

from collections.abc import Callable

from hexci.domain.canonical import Json
from hexci.domain.lineage import Lineage
from hexci.domain.outcome import Outcome
from hexci.ports.doer import Done, Task
from hexci.usecases.doers.arguments import text
from hexci.usecases.publish_event import Bus, Publisher, publish_event


def publish_topic(bus: Callable[[], Bus]) -> Callable[[Task], Done]:
    """What carries out `publish` nodes."""

    def carry_out(task: Task) -> Done:
        topic = text(task.arguments, "topic")
        given = task.arguments.get("data")
        data: dict[str, Json] = given if isinstance(given, dict) else {}
        context = task.context
        lineage = Lineage(context.run, context.root, context.depth)
        who = Publisher(context.event.actor, context.base_commit, lineage)
        serial, started = task.gateway.perform(
            "publish", topic, lambda: publish_event(topic, data, who, bus())
        )
        return Done(Outcome.OK, {"serial": serial, "started": started})

    return carry_out
