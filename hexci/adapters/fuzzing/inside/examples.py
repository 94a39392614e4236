"""Examples in docstrings that do not answer what they say."""

import ast
import doctest
import inspect


def looks(kit):
    """One look for each docstring with examples."""
    finder = doctest.DocTestFinder(recurse=True)
    for path, module, lines in kit.modules():
        for test in finder.find(module, module.__name__):
            thing = module
            for part in test.name.split(".")[module.__name__.count(".") + 1 :]:
                thing = getattr(thing, part, None)
            if test.examples and (thing is module or kit.in_scope(thing, lines)):
                start = inspect.getsourcelines(thing)[1] if thing is not module else 1
                test.lineno = max(start - 1, 0)
                yield lambda a=(module, path, test): break_examples(kit, *a)


def break_examples(kit, module, path, test):
    """The first example of a docstring that does not answer what it says."""
    space = dict(vars(module))
    before = []
    for example in test.examples:
        source = example.source.strip()
        if example.exc_msg or example.options:
            return
        try:
            is_call = isinstance(ast.parse(source).body[0], ast.Expr)
        except (SyntaxError, IndexError):
            return
        if is_call and example.want:
            answer, error = kit.timed(lambda: eval(source, space))
            if error is not None:
                return
            if repr(answer) != example.want.strip() and answer is not None:
                yield {
                    "path": path,
                    "line": test.lineno + 1,
                    "failure": "AssertionError",
                    "module": module.__name__,
                    "imports": names_of(module, before + [source]),
                    "lines": before + ["assert repr(%s) == %r" % (source, example.want.strip())],
                    "name": test.name.rpartition(".")[2],
                    "value": source,
                }
                return
        else:
            _, error = kit.timed(lambda: exec(source, space))
            if error is not None:
                return
            before.append(source)


def names_of(module, sources):
    used = {n.id for s in sources for n in ast.walk(ast.parse(s)) if isinstance(n, ast.Name)}
    return sorted(name for name in used if name in vars(module) and not name.startswith("_"))
