"""A shell line as words and operators, read the way bash splits it, without expanding anything."""

from dataclasses import dataclass

_OPERATORS = ("&&", "||", ";;", "|&", ">>", "<<", "&>", ">&", "<&", ";", "|", "&", "(", ")", "\n")
_REDIRECTS = (">>", "<<", "&>", ">&", "<&", ">", "<")


class ShellError(ValueError):
    """The line is not one bash would accept: a quote or a bracket is open."""


@dataclass(frozen=True, slots=True)
class Part:
    """A word without its quotes, or an operator."""

    text: str
    operator: bool = False


def split_line(line: str) -> tuple[Part, ...]:
    """The words and operators of `line`; redirections are left out.

    Raises ShellError for an open quote.
    """
    return _Reader(line).parts()


class _Reader:
    def __init__(self, line: str) -> None:
        self._line = line
        self._at = 0

    def parts(self) -> tuple[Part, ...]:
        found: list[Part] = []
        redirected = False
        while self._skip_blanks():
            if self._redirect():
                if found and found[-1].text.isdigit() and not found[-1].operator:
                    found.pop()  # the file descriptor number
                redirected = True
            elif operator := self._operator():
                found.append(Part(operator, operator=True))
                redirected = False
            else:
                word = self._word()
                if not redirected:
                    found.append(Part(word))
                redirected = False
        return tuple(found)

    def _skip_blanks(self) -> bool:
        while self._at < len(self._line):
            if self._line.startswith("\\\n", self._at):
                self._at += 2
            elif self._line[self._at] in " \t\r":
                self._at += 1
            elif self._line[self._at] == "#":
                end = self._line.find("\n", self._at)
                self._at = len(self._line) if end < 0 else end
            else:
                return True
        return False

    def _redirect(self) -> bool:
        for sign in _REDIRECTS:
            if self._line.startswith(sign, self._at):
                self._at += len(sign)
                return True
        return False

    def _operator(self) -> str:
        for operator in _OPERATORS:
            if self._line.startswith(operator, self._at):
                self._at += len(operator)
                return operator
        return ""

    def _word(self) -> str:
        out: list[str] = []
        while self._at < len(self._line):
            char = self._line[self._at]
            if char in " \t\r\n;|&()<>":
                break
            out.append(self._piece(char))
        return "".join(out)

    def _piece(self, char: str) -> str:
        line, at = self._line, self._at
        if char == "'":
            return self._until("'", at + 1, escapes=False)
        if char == '"':
            return self._until('"', at + 1, escapes=True)
        if char == "`":
            return "`" + self._until("`", at + 1, escapes=True) + "`"
        if line.startswith("$(", at):
            return self._substitution()
        if char == "\\":
            self._at += 2
            return line[at + 1 : at + 2]
        self._at += 1
        return char

    def _until(self, quote: str, start: int, *, escapes: bool) -> str:
        out: list[str] = []
        at = start
        while at < len(self._line) and self._line[at] != quote:
            if escapes and self._line[at] == "\\" and at + 1 < len(self._line):
                at += 1
            out.append(self._line[at])
            at += 1
        if at >= len(self._line):
            raise ShellError(f"a {quote} is never closed")
        self._at = at + 1
        return "".join(out)

    def _substitution(self) -> str:
        start, depth, at = self._at, 0, self._at + 1
        while at < len(self._line):
            depth += {"(": 1, ")": -1}.get(self._line[at], 0)
            at += 1
            if depth == 0:
                self._at = at
                return self._line[start:at]
        raise ShellError("a $( is never closed")
