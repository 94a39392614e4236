"""Which test runner a command starts, told from its text: nothing is run to find out."""

import re
from dataclasses import dataclass
from enum import StrEnum

from hexci.adapters.runners.line import Part, Word, parts_of


class Runner(StrEnum):
    """The runners whose own account can be read."""

    PYTEST = "pytest"
    UNITTEST = "unittest"
    NODE = "node"
    JEST = "jest"
    VITEST = "vitest"
    MOCHA = "mocha"
    GO = "go"
    CARGO = "cargo"
    NEXTEST = "nextest"
    MAVEN = "maven"
    GRADLE = "gradle"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Call:
    """How a command starts its runner: `first` to `last` are the words that say so.

    `rest` are the words after them. All places are places in `command`.
    """

    runner: Runner
    command: str
    first: Word | None = None
    last: Word | None = None
    rest: Part = ()

    def with_options(self, options: str) -> str:
        """The command with `options` right after the words that start the runner."""
        at = self.last.end if self.last else len(self.command)
        return f"{self.command[:at]} {options}{self.command[at:]}" if options else self.command

    def with_start(self, text: str) -> str:
        """The command with `text` in place of those words."""
        if self.first is None or self.last is None:
            return self.command
        return self.command[: self.first.start] + text + self.command[self.last.end :]


# Programs that run the rest of their line: options that take a value, and how many words to skip.
_WRAPPERS = {
    ("env",): 0, ("time",): 0, ("exec",): 0, ("command",): 0, ("nice",): 0, ("timeout",): 1,
    ("xvfb-run",): 0, ("uv", "run"): 0, ("uvx",): 0, ("poetry", "run"): 0, ("pdm", "run"): 0,
    ("hatch", "run"): 0, ("pipenv", "run"): 0, ("rye", "run"): 0, ("npx",): 0, ("bunx",): 0,
    ("npm", "exec"): 0, ("pnpm", "exec"): 0, ("yarn", "exec"): 0, ("yarn", "run"): 0,
    ("pnpm", "run"): 0, ("bundle", "exec"): 0,
}  # fmt: skip
_KEYWORDS = {"if", "then", "elif", "else", "while", "until", "do", "!", "{"}
_WITH_VALUE = {"-n", "-k", "-s", "--kill-after", "--signal", "-p", "--python", "--extra", "--with",
               "--group", "--package", "-c"}  # fmt: skip
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")
_PYTHON = re.compile(r"(?:python|pypy)[\d.]*$")
_PYTHON_WITH_VALUE = {"-W", "-X"}
_PLAIN = {
    ("pytest",): Runner.PYTEST,
    ("py.test",): Runner.PYTEST,
    ("jest",): Runner.JEST,
    ("yarn", "jest"): Runner.JEST,
    ("pnpm", "jest"): Runner.JEST,
    ("vitest", "run"): Runner.VITEST,
    ("yarn", "vitest", "run"): Runner.VITEST,
    ("pnpm", "vitest", "run"): Runner.VITEST,
    ("vitest",): Runner.VITEST,
    ("mocha",): Runner.MOCHA,
    ("go", "test"): Runner.GO,
    ("cargo", "test"): Runner.CARGO,
    ("cargo", "t"): Runner.CARGO,
    ("cargo", "nextest", "run"): Runner.NEXTEST,
    ("mvn",): Runner.MAVEN,
    ("mvnw",): Runner.MAVEN,
    ("gradle",): Runner.GRADLE,
    ("gradlew",): Runner.GRADLE,
}


def call_in(command: str) -> Call:
    """The runner of `command`; unknown unless exactly one is started, once."""
    found = [call for part in parts_of(command) if (call := _call(command, part))]
    return found[0] if len(found) == 1 else Call(Runner.UNKNOWN, command)


def unwrapped(part: Part) -> Part:
    """The words of the program that really runs: without assignments and wrappers."""
    while part:
        if part[0].text in _KEYWORDS or _ASSIGNMENT.match(part[0].text):
            part = part[1:]
            continue
        width = next((n for n in (2, 1) if _names(part, n) in _WRAPPERS), 0)
        if not width:
            return part
        skip = _WRAPPERS[_names(part, width)]
        part = part[width:]
        while part and part[0].text.startswith("-"):
            part = part[2 if part[0].text in _WITH_VALUE else 1 :]
        part = part[skip:]
    return part


def _names(part: Part, count: int) -> tuple[str, ...]:
    """The first words as names, without the folder of the program."""
    first = part[0].text.rpartition("/")[2]
    return (first, *(word.text for word in part[1:count]))


def _call(command: str, part: Part) -> Call | None:
    words = unwrapped(part)
    if not words:
        return None
    name = words[0].text.rpartition("/")[2]
    if _PYTHON.match(name) or name == "coverage":
        return _python(command, words)
    if name == "node" and any(w.text == "--test" for w in words):
        test = next(w for w in words if w.text == "--test")
        rest = words[words.index(test) + 1 :]
        return Call(Runner.NODE, command, words[0], test, rest)
    for width in (3, 2, 1):
        runner = _PLAIN.get(_names(words, width)) if len(words) >= width else None
        if runner:
            return Call(runner, command, words[0], words[width - 1], words[width:])
    return None


def _python(command: str, words: Part) -> Call | None:
    at = 2 if words[0].text.endswith("coverage") and len(words) > 1 else 1
    while at < len(words) and words[at].text.startswith("-") and words[at].text != "-m":
        at += 2 if words[at].text in _PYTHON_WITH_VALUE else 1
    if at + 1 >= len(words) or words[at].text != "-m":
        return None
    module = {"pytest": Runner.PYTEST, "py.test": Runner.PYTEST, "unittest": Runner.UNITTEST}
    runner = module.get(words[at + 1].text)
    return Call(runner, command, words[at], words[at + 1], words[at + 2 :]) if runner else None
