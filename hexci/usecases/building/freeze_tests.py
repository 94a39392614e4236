"""Tests before code: written from the specification alone, red, and frozen by digest."""

import ast
from collections.abc import Mapping

from hexci.domain.agent.edits import proposal
from hexci.domain.agent.prompt import failing_first
from hexci.domain.agent.steady import steady
from hexci.domain.building.asking import tests_question
from hexci.domain.building.frozen import Frozen, frozen
from hexci.domain.building.order import TEST_TRIES
from hexci.domain.canonical import Json, canonical
from hexci.domain.debate.letter import Kind
from hexci.domain.evidence import EvidenceRun
from hexci.domain.gate.conventions import conventions_of
from hexci.domain.gate.protected import sort_change
from hexci.domain.gate.surface import Role, role_of
from hexci.domain.plan import Mode
from hexci.errors import ModelError
from hexci.usecases.building.ask_role import NoAnswerError, Seat, ask_role
from hexci.usecases.building.workshop import Workshop

_TALK = "tests"
_SHOWN = 3_000
_GREEN = (
    "the command passes with these tests although there is no code: it does not find them, or "
    "they ask nothing"
)


def freeze_tests(
    shop: Workshop, spec: str, documents: Mapping[str, bytes]
) -> tuple[Frozen, EvidenceRun]:
    """The freeze, and the red run on it. `documents` are frozen with the tests.

    Raises ModelError when no tests were written that are tests, are run, and fail.
    """
    tester, gate = shop.cast.tester, shop.plan.evidence.command
    shop.progress.stage("tests", tester.by)
    shop.tell(tester.name, Kind.TASK, {"gate": gate}, _TALK, "delegation")
    question = tests_question(shop.order, spec, gate, shop.scene, shop.nonce)
    seat = shop.seat(tester)
    desk = _Desk(shop, documents, seat)
    found = shop.turn(
        tester, _TALK, "delegation", kind=Kind.RESULT,
        work=lambda: ask_role(question, desk.read, seat),
        told=lambda pair: {"digest": pair[0].digest, "files": dict(pair[0].digests)},
    )  # fmt: skip
    if found is None:
        raise ModelError("there are no tests to build against", "See: hexci show last --messages")
    files = {
        f"tests/{path}": shop.objects.read(found[0].tree, path) or b"" for path in found[0].digests
    }
    shop.recorder.step(
        f"tests frozen {found[0].digest[7:19]}",
        {"tests.json": canonical(found[0].document()) + b"\n", **files},
    )
    return found


class _Desk:
    """Looks at what the tester hands in; a few tries, then the last problem counts."""

    def __init__(self, shop: Workshop, documents: Mapping[str, bytes], seat: Seat) -> None:
        self._shop = shop
        self._seat = seat
        self._documents = documents
        self._base = shop.plan.base_tree
        self._tries = 0

    def read(self, arguments: Mapping[str, Json]) -> tuple[Frozen, EvidenceRun] | str:
        """The tests, frozen; or what is wrong with them."""
        self._tries += 1
        if self._tries > TEST_TRIES:
            raise NoAnswerError(f"{TEST_TRIES} times the tests could not be taken")
        objects = self._shop.objects
        made = proposal(arguments, lambda path: objects.read(self._base, path))
        if made.problem:
            return made.problem
        files = {path: content for path, content in made.files.items() if content is not None}
        for path in files:
            self._seat.gateway.require("fs.write", path)
        problem = self._problem(files)
        if problem:
            return problem
        tree = objects.overlay(self._base, {**files, **self._documents})
        with self._shop.rooms.clone(tree) as room:
            run = self._shop.runner.run(self._shop.plan.evidence, room)
        if run.timed_out:
            return "with these tests the command runs into its time limit"
        if run.green:
            return _GREEN
        broken = self._broken(run, tree)
        return broken or (frozen(tree, {**files, **self._documents}), run)

    def _problem(self, files: Mapping[str, bytes]) -> str:
        """What can be seen without running them."""
        shop, objects = self._shop, self._shop.objects
        base = objects.files(self._base)
        for path, content in files.items():
            if path in base:
                return f"{path} is there already; write new test files only"
            if not shop.plan.paths.allows(path) or shop.plan.paths.protects(path):
                return f"{path} may not be written"
            if path.endswith(".py") and (fault := _syntax(content)):
                return f"{path}: {fault}"
        tree = objects.overlay(self._base, dict(files))
        conventions = conventions_of(
            shop.plan.evidence.command, base,
            lambda path: objects.read(self._base, path), shop.plan.paths.protect,
        )  # fmt: skip
        change = objects.change(self._base, tree)
        sorting = sort_change(change, Mode.FEATURE, conventions, base)
        if sorting.faults:
            return sorting.faults[0]
        if sorting.production:
            return f"{sorting.production[0]} is no test by its name and place, such as tests/test_x"
        if not any(role_of(path, conventions) is Role.TEST for path in files):
            return "there is no test file among them"
        return ""

    def _broken(self, run: EvidenceRun, tree: str) -> str:
        """A red that says nothing: the command itself could not run."""
        paths = self._shop.objects.files(tree).keys()
        if run.exit_code in {126, 127}:
            said = steady(failing_first(run), paths)[-_SHOWN:]
            return f"the command itself could not be run:\n{said}"
        return ""


def _syntax(content: bytes) -> str:
    try:
        ast.parse(content)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return f"is no Python: {error}"
    return ""
