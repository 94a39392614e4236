"""Wires reading the event of a workflow job."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hexci.adapters.machine.job import WorkflowJob
    from hexci.domain.asking.delivery import Delivery


def delivery_of(job: "WorkflowJob") -> "Delivery":
    """The event that the runner left us. Raises BadInputError when it is not as documented."""
    from hexci.adapters.github.deliveries import parse_delivery
    from hexci.adapters.machine.clock import SystemClock
    from hexci.errors import BadInputError

    try:
        payload = job.payload.read_bytes()
    except OSError as error:
        raise BadInputError(f"GITHUB_EVENT_PATH cannot be read: {error}") from error
    now = SystemClock().now()
    return parse_delivery(
        job.event, payload, repository=job.repository, workflow_run=job.run, now=now
    )
