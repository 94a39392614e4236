"""The `/hex` commands: one line, one verb, from a closed list. Nothing else in a comment counts."""

import difflib
import re
from dataclasses import dataclass
from enum import StrEnum

from hexci.domain.asking.lines import plain_lines
from hexci.domain.asking.visible import unseen
from hexci.domain.plan import Mode

_PREFIX = "/hex"
_LONGEST = 2_000
_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_RECORD_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
# what phones and word processors make of `"` and `--`
_TYPOGRAPHIC = frozenset("\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019\u201a")
_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212")


class Verb(StrEnum):
    """What can be asked for."""

    DO = "do"
    REVIEW = "review"
    BUILD = "build"
    ANALYZE = "analyze"
    ADR = "adr"
    RETRY = "retry"
    STOP = "stop"
    APPROVE = "approve"
    EXPLAIN = "explain"
    HELP = "help"


class AdrVerb(StrEnum):
    """What can be asked of the ledger."""

    SHOW = "show"
    ACCEPT = "accept"
    REJECT = "reject"
    ABANDON = "abandon"
    DEPRECATE = "deprecate"


@dataclass(frozen=True, slots=True)
class Command:
    """One command as it was written.

    `text` is the task of `do`, the challenge of `build`, the path of `review` (empty: what the
    pull request changes, or all), the SHA of `approve`, the subject of `explain`, the record id of
    `adr`. `target` is the folder of `build`. `line` is the whole line, for the reply.
    """

    verb: Verb
    line: str
    text: str = ""
    evidence: str | None = None
    files: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    mode: Mode = Mode.FIX
    adr_verb: AdrVerb | None = None
    target: str = ""


@dataclass(frozen=True, slots=True)
class Misspelt:
    """A line that was meant as a command and is none: what is wrong, what to write."""

    line: str
    problem: str
    hint: str = "See: /hex help"


def parse_command(body: str) -> Command | Misspelt | None:
    """The command in a comment; None when there is none.

    More than one command, unseen characters and unknown words are told, never guessed at.
    """
    lines = [line for line in plain_lines(body) if _is_command(line)]
    if not lines:
        return None
    line = lines[0].rstrip()
    if len(lines) > 1:
        return Misspelt(line, f"there are {len(lines)} commands in one comment", "Write one.")
    if len(line) > _LONGEST:
        problem = f"the command is longer than {_LONGEST} characters"
        return Misspelt(line[:80], problem, "Say the task in a sentence.")
    hidden = unseen(line)
    if hidden:
        problem = f"the command contains characters that cannot be seen: {', '.join(hidden[:5])}"
        return Misspelt(line, problem, "Type it again, without pasting.")
    return _parsed(line)


def _is_command(line: str) -> bool:
    return line == _PREFIX or line.startswith((f"{_PREFIX} ", f"{_PREFIX}\t"))


def _parsed(line: str) -> Command | Misspelt:
    words = line.split(maxsplit=2)
    if len(words) == 1:
        return Misspelt(line, "the command has no verb", f"One of: {', '.join(Verb)}")
    rest = words[2] if len(words) > 2 else ""
    try:
        verb = Verb(words[1])
    except ValueError:
        known = [v.value for v in Verb]
        near = difflib.get_close_matches(words[1].lower(), known, n=1, cutoff=0.5)
        hint = f"Did you mean: /hex {near[0]}" if near else f"One of: {', '.join(Verb)}"
        return Misspelt(line, f"there is no /hex {words[1]!r}", hint)
    try:
        return _READERS.get(verb, _bare)(verb, line, rest)
    except _WrongError as wrong:
        return Misspelt(line, wrong.problem, wrong.hint)


class _WrongError(Exception):
    def __init__(self, problem: str, hint: str = "See: /hex help") -> None:
        super().__init__(problem)
        self.problem = problem
        self.hint = hint


def _bare(verb: Verb, line: str, rest: str) -> Command:
    if rest.strip():
        raise _WrongError(f"/hex {verb} takes nothing more", f"Write: /hex {verb}")
    return Command(verb, line)


def _subject(verb: Verb, line: str, rest: str) -> Command:
    return Command(verb, line, rest.strip())


def _approve(verb: Verb, line: str, rest: str) -> Command:
    # a short SHA can be met on purpose by another commit; the whole one cannot
    if not _SHA.fullmatch(rest.strip()):
        raise _WrongError("/hex approve takes the whole SHA of a commit, and nothing more")
    return Command(verb, line, rest.strip())


def _adr(verb: Verb, line: str, rest: str) -> Command:
    known = ", ".join(AdrVerb)
    match rest.split():
        case [word, record] if word in set(AdrVerb) and _RECORD_ID.fullmatch(record):
            return Command(verb, line, record, adr_verb=AdrVerb(word))
    raise _WrongError("/hex adr takes a verb and the id of a record", f"VERB is one of: {known}")


def _task(verb: Verb, line: str, rest: str) -> Command:
    text, said = _options(rest, _OPTIONS)
    return Command(
        verb,
        line,
        " ".join(text),
        evidence=_once(said, "--evidence"),
        files=tuple(said["--file"]),
        candidates=tuple(said["--candidate"]),
        mode=_mode(_once(said, "--mode")),
    )


def _build(verb: Verb, line: str, rest: str) -> Command:
    text, said = _options(rest, ("--target", "--evidence", "--candidate"))
    if not text:
        raise _WrongError("/hex build lacks what to build", "Write: /hex build TEXT")
    return Command(
        verb,
        line,
        " ".join(text),
        evidence=_once(said, "--evidence"),
        candidates=tuple(said["--candidate"]),
        mode=Mode.FEATURE,
        target=_once(said, "--target") or "",
    )


def _review(verb: Verb, line: str, rest: str) -> Command:
    text, said = _options(rest, ("--evidence", "--candidate"))
    if len(text) > 1:
        raise _WrongError("/hex review takes one path at most", "Write: /hex review [PATH]")
    return Command(
        verb,
        line,
        "".join(text),
        evidence=_once(said, "--evidence"),
        candidates=tuple(said["--candidate"]),
    )


def _options(rest: str, known: tuple[str, ...]) -> tuple[list[str], dict[str, list[str]]]:
    """The plain words of `rest`, and what each known option was given."""
    text: list[str] = []
    said: dict[str, list[str]] = {name: [] for name in known}
    while rest := rest.lstrip():
        word, after = _word(rest)
        if word[0] in _DASHES:
            raise _WrongError(f"{word!r} begins with a typographic dash", "Write two hyphens: --")
        if not word.startswith("--"):
            text.append(word)
            rest = after
            continue
        name, equals, _ = word.partition("=")
        if name not in said:
            near = difflib.get_close_matches(name, said, n=1)
            hint = f"Did you mean: {near[0]}" if near else f"One of: {', '.join(said)}"
            raise _WrongError(f"there is no option {name}", hint)
        value, rest = _value(rest[len(name) + 1 :] if equals else after.lstrip(), name)
        said[name].append(value)
    return text, said


def _once(said: dict[str, list[str]], name: str) -> str | None:
    values = said[name]
    if len(values) > 1:
        raise _WrongError(f"{name} is said {len(values)} times", "Say it once.")
    return values[0] if values else None


def _word(rest: str) -> tuple[str, str]:
    found = re.match(r"\S+", rest)
    assert found  # noqa: S101 - the caller stripped and saw that something is left
    return found[0], rest[found.end() :]


def _value(rest: str, name: str) -> tuple[str, str]:
    """The value at the start of `rest`, quoted or one word, and what follows it."""
    if rest and rest[0] in _TYPOGRAPHIC:
        raise _WrongError(f"the value of {name} is in typographic quotes", 'Write: "…"')
    if rest[:1] in {'"', "'"}:
        return _quoted(rest, name)
    if not rest or rest[0].isspace() or rest.startswith("--"):
        raise _WrongError(f"{name} lacks its value", f'Write: {name} "…"')
    return _word(rest)


def _quoted(rest: str, name: str) -> tuple[str, str]:
    r"""A quoted value. In double quotes `\"` and `\\` stand for `"` and `\`."""
    quote, value, place = rest[0], "", 1
    while place < len(rest):
        character = rest[place]
        if character == quote:
            after = rest[place + 1 :]
            if after and not after[0].isspace():
                raise _WrongError(f"the value of {name} goes on behind its quotes")
            if not value.strip():
                raise _WrongError(f"the value of {name} is empty")
            return value, after
        if character == "\\" and quote == '"' and rest[place + 1 : place + 2] in {'"', "\\"}:
            place += 1
        value += rest[place]
        place += 1
    raise _WrongError(f"the quotes of {name} are not closed", f'Write: {name} "…"')


def _mode(said: str | None) -> Mode:
    if said is None:
        return Mode.FIX
    if said not in set(Mode):
        raise _WrongError(f"there is no mode {said!r}", f"One of: {', '.join(Mode)}")
    return Mode(said)


_OPTIONS = ("--evidence", "--file", "--candidate", "--mode")
_READERS = {
    Verb.DO: _task,
    Verb.BUILD: _build,
    Verb.REVIEW: _review,
    Verb.APPROVE: _approve,
    Verb.ADR: _adr,
    Verb.EXPLAIN: _subject,
}
