"""What an operator family is asked, and what it answers."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from hexci.domain.repair.scope import Scope, bound_around
from hexci.domain.repair.source import Edit, Source

_NOT_RAISED = re.compile(r"DID NOT RAISE <class '([\w.]+)'>|^([\w.]+) not raised")


@dataclass(frozen=True, slots=True)
class Crash:
    """How a failing test ended: the exception, and its frames in the code under repair.

    `frames` are (path, line) pairs, outermost first; `message` is bounded. `is_assertion` is set
    when the test itself said no; then `shown` has both sides of what was not equal, as literals,
    if they are short and plain.
    """

    test: str
    kind: str
    message: str
    frames: tuple[tuple[str, int], ...] = ()
    shown: tuple[str, str] | None = None

    @property
    def is_assertion(self) -> bool:
        """Whether a comparison of the test failed, rather than the code under it."""
        return self.kind in ("AssertionError", "Failed")

    @property
    def not_raised(self) -> str:
        """The exception that the test waited for in vain; empty when it is about something else."""
        found = _NOT_RAISED.search(self.message) if self.is_assertion else None
        return (found[1] or found[2]).rpartition(".")[2] if found else ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One candidate edit: its operator and how likely it is within its family (0..1].

    `suspect` marks an anti-pattern: it ranks last and never wins alone.
    """

    edits: tuple[Edit, ...]
    operator: str
    weight: float = 1.0
    suspect: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """One place an operator may change, with all it needs to know."""

    source: Source
    scope: Scope
    node: ast.AST
    crashes: tuple[Crash, ...] = field(default=())

    @property
    def statement(self) -> ast.stmt | None:
        """The statement the place belongs to."""
        return self.source.statement_of(self.node)

    @property
    def names(self) -> tuple[str, ...]:
        """What can be read at the place: the function's locals, and what is bound around it."""
        inner = bound_around(self.source, self.node)
        return tuple(dict.fromkeys((*self.scope.locals, *inner)))

    def text(self, node: ast.AST) -> str:
        """A node's text as written."""
        return self.source.text(node)

    def put(
        self, node: ast.AST, text: str, operator: str, weight: float = 1.0, *, suspect: bool = False
    ) -> Proposal:
        """`text` in a node's place."""
        return Proposal((self.source.replace(node, text),), operator, weight, suspect)

    def is_inside(self, *kinds: type[ast.AST]) -> bool:
        """Whether the place is below a node of these kinds in its own function."""
        for above in self.source.around(self.node):
            if above is self.scope.node:
                return False
            if isinstance(above, kinds):
                return True
        return False

    def crashed_with(self, *kinds: str) -> Crash | None:
        """The first crash of one of these kinds whose last frame is in this place's statement."""
        statement = self.statement
        if statement is None or statement.end_lineno is None:
            return None
        for crash in self.crashes:
            if crash.kind in kinds and crash.frames:
                path, line = crash.frames[-1]
                if path == self.source.path and statement.lineno <= line <= statement.end_lineno:
                    return crash
        return None


Propose = Callable[[Site], Iterator[Proposal]]


@dataclass(frozen=True, slots=True)
class Family:
    """Operators of one kind. `kinds` are the node classes it looks at.

    `ceiling` is the highest weight it gives: with it, places are not asked before their turn.
    `turns_behind` are the turns that others get before it gets one whatever its prior: what
    combines the edits of others comes after them.
    """

    name: str
    kinds: tuple[type[ast.AST], ...]
    propose: Propose
    ceiling: float = 1.0
    turns_behind: int = 0
