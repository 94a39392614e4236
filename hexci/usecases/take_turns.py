"""The jobs of a run: which wait for their turn, which are under way, when one is overdue."""

import heapq
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from hexci.domain.canonical import Json
from hexci.domain.manifests.program import Step
from hexci.domain.manifests.templates import Template
from hexci.ports.clock import Clock
from hexci.ports.doer import Done, Pool

NEVER = float("inf")
# Seconds that a node may take to notice its deadline before it is given up.
_GRACE = 10.0


@dataclass(slots=True)
class Job:
    """One attempt under way, or waiting for its turn: a node, or one item of a foreach."""

    step: Step
    index: int
    arguments: Template
    kind: str
    attempt: int = 1
    begun: float = 0.0
    deadline: float = NEVER
    number: int = 0
    item: Json = None


class Turns:
    """Gives jobs their turn: at most `room` at once, none before its time, none too often."""

    def __init__(self, pool: Pool, clock: Clock, room: int) -> None:
        self.running: dict[int, Job] = {}
        self._pool = pool
        self._clock = clock
        self._room = room
        self._waiting: deque[Job] = deque()
        self._timers: list[tuple[float, int, Job]] = []
        self._answers: SimpleQueue[tuple[int, Done]] = SimpleQueue()
        self._slots: dict[str, list[float]] = {}
        self._next = 0

    @property
    def are_left(self) -> bool:
        """Whether anything is under way or waits for its time."""
        return bool(self.running or self._timers)

    def add(self, job: Job) -> None:
        """The job waits for its turn."""
        self._waiting.append(job)

    def add_at(self, moment: float, job: Job) -> None:
        """The job waits for its turn from `moment` (monotonic seconds) on."""
        heapq.heappush(self._timers, (moment, self._next, job))
        self._next += 1

    def due(self) -> Iterator[Job]:
        """The jobs whose turn it is, each to be submitted before the next is asked for."""
        while self._waiting and len(self.running) < self._room:
            job = self._waiting.popleft()
            now = self._clock.monotonic()
            slot = self._slot(job.step, now)
            if slot > now:
                self.add_at(slot, job)
                continue
            self._next += 1
            job.number = self._next
            self.running[job.number] = job
            yield job

    def submit(self, job: Job, work: Callable[[], Done]) -> None:
        """Has `work`, which raises nothing, done in another thread; its end is an answer."""
        number, answers = job.number, self._answers
        self._pool.submit(lambda: answers.put((number, work())))

    def answer(self) -> tuple[Job, Done] | None:
        """The next job that ended; None when time passed first (see `overdue`)."""
        due = [job.deadline + _GRACE for job in self.running.values()]
        if self._timers:
            due.append(self._timers[0][0])
        soonest = min(due, default=NEVER)
        timeout = None if soonest == NEVER else max(0.0, soonest - self._clock.monotonic())
        try:
            number, done = self._answers.get(timeout=timeout)
        except Empty:
            return None
        job = self.running.pop(number, None)
        return None if job is None else (job, done)  # None: it was given up before

    def overdue(self) -> list[Job]:
        """The jobs to give up; those whose time has come get their turn."""
        now = self._clock.monotonic()
        while self._timers and self._timers[0][0] <= now:
            self._waiting.append(heapq.heappop(self._timers)[2])
        return [job for job in self.running.values() if job.deadline + _GRACE <= now]

    def has(self, step: Step) -> bool:
        """Whether a job of `step` is under way or waits."""
        known = (*self.running.values(), *self._waiting, *(job for _, _, job in self._timers))
        return any(job.step is step for job in known)

    def _slot(self, step: Step, now: float) -> float:
        """When a node of a rate-limited policy may start."""
        if step.per_minute is None:
            return now
        starts = self._slots.setdefault(step.policy, [])
        starts[:] = [at for at in starts if at > now - 60.0]
        if len(starts) >= step.per_minute:
            return starts[-step.per_minute] + 60.0
        starts.append(now)
        return now
