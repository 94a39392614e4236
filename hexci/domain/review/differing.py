"""Answers of two versions of the code to the same questions, and the tests that tell them apart."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hexci.domain.canonical import Json

_WORD = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*\Z")
_RAISES = "raises "
_FRACTION = re.compile(r"-?\d+\.\d+(?:e[-+]?\d+)?")
# modules that a question's lines may use, and what has to stand before them
_PRELUDES = {
    "path": (
        ("pathlib", "shutil", "tempfile"),
        ("folder = tempfile.mkdtemp()", "self.addCleanup(shutil.rmtree, folder, True)",
         "path = pathlib.Path(folder, 'file')"),
    ),
    "still": (("time",), ("def still(*given):", "    time.sleep(0.0005)", "    return 0.0")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """Lines and an expression after them, about `name` of `module`, defined at `path:line`."""

    path: str
    line: int
    module: str
    imported: str
    name: str
    lines: tuple[str, ...]
    ask: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One question that two versions answer in two ways."""

    question: Question
    here: str
    there: str


def question_of(body: Json) -> Question | None:
    """A question as a search wrote it; None for what a search of ours never writes."""
    match body:
        case {
            "path": str(path),
            "line": int(line),
            "module": str(module),
            "import": str(imported),
            "name": str(name),
            "lines": [*lines],
            "ask": str(ask),
        } if _WORD.match(module) and _WORD.match(imported):
            told = tuple(text for text in lines if isinstance(text, str))
            return Question(path, line, module, imported, name, told, ask)
    return None


def differences(
    questions: Sequence[Question], here: Sequence[Json], there: Sequence[Json]
) -> Iterator[Difference]:
    """The shortest question for each name that both versions answer, and not alike."""
    best: dict[tuple[str, str], Difference] = {}
    for question, one, other in zip(questions, here, there, strict=False):
        if not isinstance(one, str) or not isinstance(other, str) or _alike(one, other):
            continue
        if _is_misuse(one) or _is_misuse(other):
            continue
        found = Difference(question, one, other)
        key = (question.path, question.name)
        if key not in best or _length(found) < _length(best[key]):
            best[key] = found
    yield from best.values()


def test_that(question: Question, answer: str, other: str) -> str:
    """A test file that holds `question` to `answer`, where another version answers `other`."""
    used = {name for name in _PRELUDES if re.search(rf"\b{name}\b", _text(question))}
    modules = sorted({"unittest", *(m for name in used for m in _PRELUDES[name][0])})
    body = [line for name in _PRELUDES if name in used for line in _PRELUDES[name][1]]
    if any(one.startswith(_RAISES) for one in (answer, other)):
        body += [
            "try:",
            *(f"    {line}" for line in question.lines),
            f"    answer = repr({question.ask})",
            "except Exception as error:",
            '    answer = f"raises {type(error).__name__}"',
            f"self.assertEqual({answer!r}, answer)",
        ]
    else:
        body += [*question.lines, f"self.assertEqual({answer!r}, repr({question.ask}))"]
    called = re.sub(r"\W+", "_", question.name).strip("_").lower()
    imports = "".join(f"import {module}\n" for module in modules)
    inner = "\n        ".join(body)
    return (
        f"{imports}\nfrom {question.module} import {question.imported}\n\n\n"
        f"class Reproducer(unittest.TestCase):\n"
        f"    def test_{called}(self):\n        {inner}\n"
    )


def told(difference: Difference) -> str:
    """What is different, for a person."""
    return (
        f"{_cut(difference.question.ask)} is {_cut(difference.here)}, was {_cut(difference.there)}"
    )


def _alike(one: str, other: str) -> bool:
    """Whether two answers are the same but for the rounding of fractions."""
    return one == other or _rounded(one) == _rounded(other)


def _rounded(answer: str) -> str:
    return _FRACTION.sub(lambda found: f"{float(found[0]) + 0.0:.9g}", answer)


def _is_misuse(answer: str) -> bool:
    # calls that do not fit the signature say nothing of what the code does
    return answer in {"raises TypeError", "raises NameError", "raises ImportError"}


def _text(question: Question) -> str:
    return "\n".join((*question.lines, question.ask))


def _length(difference: Difference) -> int:
    return len(_text(difference.question)) + len(difference.here) + len(difference.there)


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."
