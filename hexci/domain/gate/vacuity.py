"""Step 3, vacuity of the command: a line that cannot fail proves nothing.

The command is read as bash would read it (words, quotes, operators), never run. Only what is
certain is refused here; a runner that selects nothing is noticed when it has run.
"""

from dataclasses import dataclass

from hexci.domain.gate.ruling import passed, refused
from hexci.domain.gate.shell import Part, ShellError, split_line
from hexci.domain.outcome import Outcome
from hexci.domain.verdict import Step, StepResult

# Commands that succeed whatever the code under test does.
_IDLE = frozenset({
    "true", ":", "echo", "printf", "exit", "sleep", "pwd", "cd", "ls", "export", "set", "return",
    "date", "whoami", "hostname", "uname", "env", "printenv", "cat", "head", "tail", "tee", "touch",
    "mkdir", "rm", "cp", "mv", "source", ".", "unset", "wait", "clear", "trap", "shopt", "umask",
})  # fmt: skip
# Words before a command that do not change what decides.
_PREFIXES = frozenset({"time", "exec", "command", "nohup", "nice", "env", "builtin", "then", "do"})
# Flags with which known runners collect, list, explain or compile, but do not run tests.
_DRY = {
    "pytest": {"--collect-only", "--co", "--version", "-V", "--help", "-h", "--fixtures",
               "--markers", "--setup-plan", "--fixtures-per-test"},
    "unittest": {"-h", "--help"},
    "node": {"--version", "-v", "--help", "-h", "--check", "-c"},
    "jest": {"--listTests", "--version", "--help", "--showConfig", "--passWithNoTests"},
    "vitest": {"list", "--version", "--help", "--passWithNoTests"},
    "mocha": {"--dry-run", "--version", "--help", "--list-files"},
    "cargo": {"--no-run", "--version", "--help", "--list", "-V"},
    "go": {"-list", "-n"},
    "tox": {"--version", "--help", "-l", "--listenvs", "--notest"},
    "nox": {"--version", "--help", "-l", "--list"},
    "make": {"-n", "--dry-run", "--just-print", "--recon", "-t", "--touch", "-i",
             "--ignore-errors", "--version", "--help", "-q"},
    "mvn": {"-DskipTests", "-Dmaven.test.skip=true", "-Dmaven.test.failure.ignore=true",
            "--version", "--help"},
    "python": {"compileall", "py_compile"}, "python3": {"compileall", "py_compile"},
    "gradle": {"--dry-run", "-m", "--version", "--help"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Command:
    words: tuple[str, ...]
    before: str  # the operator that joins it to what stands before
    after: str  # the operator behind it

    @property
    def program(self) -> str:
        return self.words[0].rsplit("/", 1)[-1] if self.words else ""


def judge_vacuity(command: str) -> StepResult:
    """`vacuous` when the command cannot fail, `bad_input` when it is no shell line."""
    try:
        parts = split_line(command)
    except ShellError as error:
        return refused(Step.VACUITY, Outcome.BAD_INPUT, f"the evidence command: {error}")
    fault = _fault_of(_commands(parts))
    if fault:
        return refused(Step.VACUITY, Outcome.VACUOUS, f"the evidence command {fault}")
    return passed(Step.VACUITY)


def _fault_of(commands: list[_Command]) -> str:
    if not any(command.words for command in commands):
        return "is empty"
    if commands[0].words[0] in {"if", "while", "until"}:
        return "takes the exit code into a condition, where it is lost"
    if any(command.after == "&" for command in commands):
        return "puts a part into the background, whose failure is lost"
    working = [command for command in commands if not _idle(command)]
    if not working:
        return "runs nothing that can fail"
    for position, command in enumerate(commands):
        if fault := _swallowed(commands, position) or _dry_fault(command):
            return fault
    if any(_relaxes_shell(command.words) for command in commands):
        return "switches off the shell's exit on failure"
    if any(command.words[:1] == ("!",) for command in working):
        return "turns its exit code round"
    return ""


def _swallowed(commands: list[_Command], position: int) -> str:
    command = commands[position]
    if command.before == "||" and _idle(command) and not _exits_red(command):
        return f"hides a failure behind `|| {' '.join(command.words)}`"
    exits = command.program == "exit" and command.words[1:2] in ((), ("0",))
    if exits and command.words[1:] == ("0",) and command.before in ("&&", ";", "\n", ""):
        # under -e a failure ends the line before this is reached, unless the shell is relaxed;
        # an explicit `exit 0` is there for no other reason than to be green
        return "ends with `exit 0`"
    return ""


def _exits_red(command: _Command) -> bool:
    return command.program in ("exit", "return") and command.words[1:2] not in ((), ("0",))


def _idle(command: _Command) -> bool:
    return not command.words or command.program in _IDLE


def _relaxes_shell(words: tuple[str, ...]) -> bool:
    if words[:1] != ("set",):
        return False
    flags = [word for word in words[1:] if word.startswith("+")]
    named = any(word in ("errexit", "pipefail") for word in words[1:])
    return any("e" in flag for flag in flags) or (bool(flags) and named)


def _dry_fault(command: _Command) -> str:
    for runner, flags in _DRY.items():
        if runner not in {word.rsplit("/", 1)[-1] for word in command.words}:
            continue
        flag = next((word for word in command.words if word in flags), "")
        if flag:
            return f"asks {runner} for `{flag}`, which runs no test"
    return ""


def _commands(parts: tuple[Part, ...]) -> list[_Command]:
    commands: list[_Command] = []
    words: list[str] = []
    before = ""
    for part in (*parts, Part("", operator=True)):
        if not part.operator:
            words.append(part.text)
            continue
        if part.text in ("(", ")", "{", "}"):
            continue
        commands.append(_Command(_stripped(words), before, part.text))
        words, before = [], part.text
    return [command for command in commands if command.words]


def _stripped(words: list[str]) -> tuple[str, ...]:
    at = 0
    while at < len(words) - 1 and (words[at] in _PREFIXES or _assigns(words[at])):
        at += 1
    return tuple(words[at:])


def _assigns(word: str) -> bool:
    name, equals, _ = word.partition("=")
    return bool(equals) and name.isidentifier()
