"""Lenses that compare two versions of the code: with the base, and with broken ones."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from hexci.domain.canonical import Json, digest
from hexci.domain.finding import Severity
from hexci.domain.review.claim import Claim, LensReport, LensStatus
from hexci.domain.review.differing import (
    Difference,
    Question,
    differences,
    question_of,
    test_that,
    told,
)
from hexci.domain.review.mutants import Mutant, mutants_of
from hexci.domain.review.proving import enclosing_function
from hexci.errors import DeadlineError, HexciError
from hexci.ports.lens import Scene
from hexci.ports.progress import Progress
from hexci.ports.repo import Objects
from hexci.usecases.review_by_search import Searching

# Mutants that are tried in one review, seconds for all of them, and survivors that are told of.
_MOST_MUTANTS = 60
_SECONDS = 120.0
_MOST_TOLD = 10
_AT_ONCE = 2
# A mutant that hangs is noticed: times the green run, and seconds beside.
_PATIENCE, _SLACK = 5.0, 10.0


@dataclass(frozen=True, slots=True)
class DifferencesLens:
    """In a refactoring: what do changed functions answer otherwise than on the base?"""

    searching: Searching
    name: str = "differences"

    def hunt(self, scene: Scene, *, progress: Progress) -> LensReport:
        """Claims whose reproducers pass on the base."""
        try:
            questions, here = asked(self.searching, scene)
            there = answered(self.searching, scene, scene.base_tree, questions)
        except HexciError as error:
            return failed(self.name, error)
        progress.note(f"{self.name}: {len(questions)} questions")
        claims = tuple(
            Claim(
                self.name,
                f"{one.question.name} answers otherwise than before the refactoring",
                one.question.path,
                one.question.line,
                "AssertionError",
                test_that(one.question, one.there, one.here),
                why=told(one),
                by="search",
                passes_on=scene.base_tree,
            )
            for one in differences(questions, here, there)
        )
        return report(self.name, claims)


@dataclass(frozen=True, slots=True)
class MutantsLens:
    """Breaks changed lines, one at a time: what does no test notice?"""

    searching: Searching
    objects: Objects
    name: str = "mutants"

    def hunt(self, scene: Scene, *, progress: Progress) -> LensReport:
        """Survivors for which a killing test was found; a mutant that none kills may be none."""
        try:
            mutants = self._mutants(scene)
            survivors = self._survivors(mutants, scene)
            if not survivors:
                return report(self.name, ())
            questions, here = asked(self.searching, scene)
            shown = [self._shown(one, questions, here, scene) for one in survivors[:_MOST_TOLD]]
        except HexciError as error:
            return failed(self.name, error)
        claims = tuple(claim for claim in shown if claim is not None)
        said = f"{len(mutants)} mutants, {len(survivors)} survive, {len(claims)} with a test"
        progress.note(f"{self.name}: {said}")
        return report(self.name, claims)

    def _mutants(self, scene: Scene) -> Sequence[Mutant]:
        found = [
            mutant
            for path, lines in scene.lines.items()
            for mutant in mutants_of(path, self._text(scene, path), lines)
        ]
        # spread over all of the code, the same ones each time
        return sorted(found, key=lambda m: digest(m.text.encode()))[:_MOST_MUTANTS]

    def _text(self, scene: Scene, path: str) -> str:
        return (self.objects.read(scene.tree, path) or b"").decode("utf-8", "surrogateescape")

    def _tree(self, mutant: Mutant, scene: Scene) -> str:
        text = mutant.text.encode("utf-8", "surrogateescape")
        return self.objects.overlay(scene.tree, {mutant.path: text})

    def _survivors(self, mutants: Sequence[Mutant], scene: Scene) -> list[Mutant]:
        end = min(scene.deadline, self.searching.clock.monotonic() + _SECONDS)
        timeout = min(scene.gate.timeout, _PATIENCE * scene.green.seconds + _SLACK)
        gate = replace(scene.gate, timeout=timeout)

        def survives(mutant: Mutant) -> bool:
            if self.searching.clock.monotonic() > end:
                return False
            with self.searching.rooms.clone(self._tree(mutant, scene)) as room:
                return self.searching.runner.run(gate, room).green

        with ThreadPoolExecutor(_AT_ONCE) as pool:
            ends = list(pool.map(survives, mutants))
        pairs = zip(mutants, ends, strict=True)
        return sorted((m for m, alive in pairs if alive), key=lambda m: (m.path, m.line, m.told))

    def _shown(
        self, mutant: Mutant, questions: Sequence[Question], here: Sequence[Json], scene: Scene
    ) -> Claim | None:
        there = answered(self.searching, scene, self._tree(mutant, scene), questions)
        found = list(differences(questions, here, there))
        if not found:
            return None
        best = min(found, key=lambda one: len(one.question.ask) + len(one.here))
        return _claim(mutant, best, enclosing_function(mutant.text, mutant.line))


def _claim(mutant: Mutant, best: Difference, function: str) -> Claim:
    return Claim(
        "mutants",
        f"no test notices {mutant.told} in {function or mutant.path}",
        mutant.path,
        mutant.line,
        "AssertionError",
        test_that(best.question, best.here, best.there),
        severity=Severity.WARNING,
        by="search",
        mutant=mutant,
    )


def asked(searching: Searching, scene: Scene) -> tuple[list[Question], list[Json]]:
    """Questions to the code under review, and its own answers."""
    found = searching.run("answers", scene, scene.tree)
    listed, answers = found.get("questions"), found.get("answers")
    if not isinstance(listed, list) or not isinstance(answers, list):
        return [], []
    pairs = [(question_of(one), answer) for one, answer in zip(listed, answers, strict=False)]
    kept = [(question, answer) for question, answer in pairs if question is not None]
    return [question for question, _ in kept], [answer for _, answer in kept]


def answered(
    searching: Searching, scene: Scene, tree: str, questions: Sequence[Question]
) -> list[Json]:
    """What the code of another tree answers to the same questions."""
    orders: list[Json] = [
        {"module": q.module, "lines": [*q.lines], "ask": q.ask, "path": q.path} for q in questions
    ]
    found = searching.run("answers", scene, tree, {"questions": orders})
    answers = found.get("answers")
    return answers if isinstance(answers, list) else []


def failed(name: str, error: HexciError) -> LensReport:
    """The report of a lens that could not look to the end."""
    late = isinstance(error, DeadlineError)
    status = LensStatus.TIMEOUT if late else LensStatus.INVALID
    return LensReport(name, "search", status, told=str(error))


def report(name: str, claims: tuple[Claim, ...]) -> LensReport:
    """The report of a lens that looked to the end."""
    return LensReport(name, "search", LensStatus.OK if claims else LensStatus.EMPTY, claims)
