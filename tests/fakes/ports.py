"""One fake for each port of the main job."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import PurePosixPath

from hexci.domain.change import Change
from hexci.domain.evidence import EvidenceRun
from hexci.domain.outcome import Outcome
from hexci.domain.verdict import Verdict
from hexci.errors import ConflictError
from hexci.ports.candidate import Assignment, Attempt
from hexci.ports.progress import Progress
from hexci.ports.records import END, Landing, StoredRun


class FakeClock:
    """A clock that moves by `pace` seconds whenever it is read."""

    def __init__(self, pace: float = 0.0) -> None:
        self.seconds = 0.0
        self.pace = pace

    def now(self) -> str:
        return "2026-01-02T03:04:05Z"

    def monotonic(self) -> float:
        self.seconds += self.pace
        return self.seconds


class FakeProgress:
    """Remembers what was told."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def stage(self, name: str, detail: str = "") -> None:
        self.lines.append(f"{name} {detail}".strip())

    def note(self, text: str) -> None:
        self.lines.append(text)

    def tick(self, text: str) -> None:
        self.lines.append(text)


class FakeRoom:
    """Files in a dictionary; the snapshot is a readable word made from them."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.original = dict(files)

    @property
    def path(self) -> PurePosixPath:
        return PurePosixPath("/room")

    def write(self, files: Mapping[str, bytes | None]) -> None:
        for path, content in files.items():
            if content is None:
                self.files.pop(path, None)
            else:
                self.files[path] = content

    def read(self, path: str) -> bytes | None:
        return self.files.get(path)

    def snapshot(self) -> str:
        return tree_word(self.files)

    def reset(self) -> None:
        self.files.clear()
        self.files.update(self.original)


def tree_word(files: Mapping[str, bytes]) -> str:
    """A tree's name in fakes: its content, readable."""
    return ";".join(f"{path}={content.decode()}" for path, content in sorted(files.items()))


class FakeRooms:
    """Rooms of one tree; counts how many were made and how many are still open."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.base = dict(files)
        self.made = 0
        self.open = 0

    @contextmanager
    def clone(self, tree: str) -> Iterator[FakeRoom]:
        self.made += 1
        self.open += 1
        try:
            yield FakeRoom(dict(self.base))
        finally:
            self.open -= 1


class FakeObjects:
    """Trees as fake rooms spell them; enough for what the main job asks."""

    def resolve(self, ref: str) -> str:
        return ref

    def tree_of(self, commit: str) -> str:
        return commit

    def files(self, tree: str) -> Mapping[str, str]:
        return dict.fromkeys((part.partition("=")[0] for part in tree.split(";")), "100644")

    def read(self, tree: str, path: str) -> bytes | None:
        contents = dict(part.partition("=")[::2] for part in tree.split(";"))
        return contents[path].encode() if path in contents else None

    def change(self, base_tree: str, tree: str) -> Change:
        return Change(base_tree, tree, (), f"{base_tree} -> {tree}\n".encode())

    def overlay(self, tree: str, files: Mapping[str, bytes | None]) -> str:
        contents = {path: self.read(tree, path) or b"" for path in self.files(tree)}
        changed = {**contents, **files}
        return tree_word(
            {path: content for path, content in changed.items() if content is not None}
        )

    def restore(self, tree: str, source: str, paths: Sequence[str]) -> str:
        return self.overlay(tree, {path: self.read(source, path) for path in paths})


class FakeCommits:
    """Commits by number."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    def commit(self, tree: str, parents: Sequence[str], message: str, *, who: str, at: str) -> str:
        self.messages.append(message)
        return f"commit{len(self.messages)}"


class FakeRecords:
    """Records in memory with the conflicts of the real ones."""

    def __init__(self) -> None:
        self.stored: dict[str, dict[str, bytes]] = {}
        self.subjects: dict[str, list[str]] = {}
        self.branches: dict[str, str] = {}
        self.notes: dict[str, list[bytes]] = {}

    def begin(self, run: str, files: Mapping[str, bytes], subject: str) -> None:
        if run in self.stored:
            raise ConflictError(f"run {run} is recorded already")
        self.stored[run] = dict(files)
        self.subjects[run] = [subject]

    def step(
        self,
        run: str,
        files: Mapping[str, bytes],
        subject: str,
        landing: Landing | None = None,
        *,
        after: str = "",
    ) -> None:
        if run not in self.stored or (landing and landing.branch in self.branches):
            raise ConflictError(f"{run} moved")
        if after and after != self._tip(run):
            raise ConflictError(f"{run} moved")
        self.stored[run] |= files
        self.subjects[run].append(subject)
        if landing:
            self.branches[landing.branch] = landing.commit
            self.notes.setdefault(landing.tree, []).append(landing.note)

    def runs(self) -> Sequence[str]:
        return sorted(self.stored)

    def unended(self) -> Sequence[str]:
        return [run for run in self.runs() if not self.subjects[run][-1].startswith(END)]

    def load(self, run: str) -> StoredRun | None:
        if run not in self.stored:
            return None
        return StoredRun(run, self._tip(run), dict(self.stored[run]))

    def _tip(self, run: str) -> str:
        return f"c{len(self.subjects[run])}"

    def evidence_of(self, tree: str) -> Sequence[bytes]:
        return tuple(self.notes.get(tree, ()))

    def forget(self, runs: Sequence[str]) -> None:
        for run in runs:
            self.stored.pop(run, None)


class FakeCourt:
    """A gate that accepts the trees it is told to."""

    def __init__(
        self, *accepted: str, red: EvidenceRun | None = None, refusal: Verdict | None = None
    ) -> None:
        self.accepted = accepted
        self.red_run = red or EvidenceRun(1, "1 failed", 0.1, "none")
        self.refusal = refusal
        self.judged: list[str] = []

    def red(self) -> tuple[EvidenceRun | None, Verdict | None]:
        return self.red_run, self.refusal

    def judge(self, tree: str) -> Verdict:
        self.judged.append(tree)
        outcome = Outcome.OK if tree in self.accepted else Outcome.EVIDENCE_FAILED
        return Verdict(outcome, tree, ())


class FakeCandidate:
    """Writes one set of files and hands it to the gate, or does what it is told."""

    def __init__(
        self,
        name: str,
        files: Mapping[str, bytes | None] | None = None,
        *,
        acts: Callable[[Assignment], Attempt] | None = None,
    ) -> None:
        self._name = name
        self._files = files
        self._acts = acts
        self.given: list[Assignment] = []

    @property
    def name(self) -> str:
        return self._name

    def attempt(self, given: Assignment, *, progress: Progress) -> Attempt:
        self.given.append(given)
        if self._acts is not None:
            return self._acts(given)
        if self._files is None:
            return Attempt(Outcome.NO_CHANGE, summary="no idea")
        given.room.write(self._files)
        tree = given.room.snapshot()
        verdict = given.judge(tree)
        return Attempt(verdict.outcome, summary=f"tried {tree}")
