"""A shell line as words with their places, without running it and without any expansion."""

from dataclasses import dataclass

_OPERATORS = ("&&", "||", ";", "|&", "|", "&", "\n", "(", ")")
# What can hide commands from this reading: such a line is not understood at all.
_OPAQUE = ("$(", "`", "<<", "<(", ">(")


@dataclass(frozen=True, slots=True)
class Word:
    """One word, unquoted, and where it stands in the line."""

    text: str
    start: int
    end: int


Part = tuple[Word, ...]


def parts_of(line: str) -> tuple[Part, ...]:
    """The simple commands of `line`, in order; () when it cannot be read with certainty."""
    if any(mark in line for mark in _OPAQUE):
        return ()
    parts: list[Part] = []
    words: list[Word] = []
    at = 0
    while at < len(line):
        operator = _operator_at(line, at)
        if operator:
            parts, words, at = [*parts, tuple(words)], [], at + len(operator)
        elif line[at].isspace():
            at += 1
        elif line[at] == "#":
            at = (line.find("\n", at) + len(line) + 1) % (len(line) + 1) or len(line)
        else:
            word = _word_at(line, at)
            if word is None:
                return ()
            words.append(word)
            at = word.end
    return tuple(part for part in (*parts, tuple(words)) if part)


def _operator_at(line: str, at: int) -> str:
    if line[at] == "&" and (line[at + 1 : at + 2] == ">" or line[max(0, at - 1) : at] == ">"):
        return ""  # a redirection
    return next((found for found in _OPERATORS if line.startswith(found, at)), "")


def _word_at(line: str, start: int) -> Word | None:
    """The word that begins at `start`; None when a quote is never closed."""
    text, at = "", start
    while at < len(line) and not line[at].isspace() and not _operator_at(line, at):
        if line[at] == "\\":
            text, at = text + line[at + 1 : at + 2], at + 2
        elif line[at] in "'\"":
            close = _closing(line, at)
            if close < 0:
                return None
            text, at = text + line[at + 1 : close], close + 1
        else:
            text, at = text + line[at], at + 1
    return Word(text, start, min(at, len(line)))


def _closing(line: str, at: int) -> int:
    quote = line[at]
    at += 1
    while at < len(line) and line[at] != quote:
        at += 2 if quote == '"' and line[at] == "\\" else 1
    return at if at < len(line) else -1
