"""Exceptions: another type caught or raised, one more in the list."""

import ast
from collections.abc import Iterator

from hexci.domain.repair.proposal import Family, Proposal, Site

_TYPES = (
    "ValueError", "TypeError", "KeyError", "IndexError", "AttributeError", "LookupError",
    "StopIteration", "ZeroDivisionError", "OverflowError", "ArithmeticError", "OSError",
    "UnicodeError", "RuntimeError", "NotImplementedError", "Exception",
)  # fmt: skip


def propose(site: Site) -> Iterator[Proposal]:
    """The exception type of a handler or a raise exchanged; for a handler also widened."""
    node = site.node
    own = [n.name for n in site.source.tree.body if isinstance(n, ast.ClassDef)]
    likely = [c.kind for c in site.crashes if not c.is_assertion]
    names = dict.fromkeys((*likely, *_TYPES, *own))
    if isinstance(node, ast.Try):
        for handler in node.handlers:
            if handler.type is None:
                continue
            old = site.text(handler.type)
            for name in names:
                weight = 1.0 if name in likely else 0.25
                if name not in old:
                    both = f"({old.strip('()')}, {name})"
                    yield site.put(handler.type, both, f"also {name}", weight)
                    yield site.put(handler.type, name, f"except {name}", weight * 0.7)
    elif isinstance(node, ast.Raise) and isinstance(node.exc, (ast.Call, ast.Name)):
        target = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        for name in names:
            if name != site.text(target):
                yield site.put(target, name, f"raise {name}", 0.4)


FAMILY = Family("exception", (ast.Try, ast.Raise), propose)
