"""Input that makes a function or a method crash, smallest first."""

import hexci_drawing as drawing
import hexci_mishaps as mishaps


def looks(kit):
    """Careless handling first; then one look for each function and each class."""
    yield from mishaps.looks(kit)
    for path, module, lines in kit.modules():
        for name, function in kit.functions(module, lines):
            yield lambda a=(module, path, name, function): break_calls(kit, *a)
        for name, cls in kit.classes(module):
            yield lambda a=(module, path, name, cls, lines): break_methods(kit, *a)


def break_calls(kit, module, path, name, function):
    """Input that crashes a function of a module."""
    made = drawing.arguments_of(function)

    def breaks(values):
        _, error = kit.timed(lambda: function(**values))
        return None if error is None or isinstance(error, kit.Late) else kit.crash_of(error)

    found = drawing.smallest(kit, made, breaks)
    text = kit.written(found[1]) if found else None
    if text is not None and not kit.is_told(function, found[0][2]):
        yield dict(
            zip(("path", "line", "failure"), found[0]),
            module=module.__name__,
            imports=[name],
            lines=["%s(%s)" % (name, text)],
            name=name,
        )


def break_methods(kit, module, path, name, cls, lines):
    """Input that crashes a method of an object that was made with plain values."""
    from hypothesis import strategies as st

    own_init = "__init__" in vars(cls)
    first = drawing.arguments_of(cls.__init__, 1) if own_init else st.just({})
    for method_name, method in kit.methods(cls, lines):
        try:
            second = drawing.arguments_of(method, 1)
        except (drawing.Unfit, Exception):
            continue

        def breaks(values, method_name=method_name):
            one, error = kit.timed(lambda: cls(**values[0]))
            if error is not None:
                return None
            _, error = kit.timed(lambda: getattr(one, method_name)(**values[1]))
            return None if error is None or isinstance(error, kit.Late) else kit.crash_of(error)

        found = drawing.smallest(kit, st.tuples(first, second), breaks)
        if found and cls.__subclasses__() and found[0][2] in ("AttributeError", "TypeError"):
            continue  # a base class leaves things to those that inherit from it
        if not found or kit.is_told(method, found[0][2]) or kit.is_told(cls, found[0][2]):
            continue
        made, asked = kit.written(found[1][0]), kit.written(found[1][1])
        if made is not None and asked is not None:
            call = "%s(%s).%s(%s)" % (name, made, method_name, asked)
            yield dict(
                zip(("path", "line", "failure"), found[0]),
                module=module.__name__,
                imports=[name],
                lines=[call],
                name="%s.%s" % (name, method_name),
            )
