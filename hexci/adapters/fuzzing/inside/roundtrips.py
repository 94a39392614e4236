"""Values that do not come back from a function and its inverse as they went in."""

import inspect
import typing

import hexci_drawing as drawing

INVERSES = (
    ("encode", "decode"),
    ("dumps", "loads"),
    ("dump", "load"),
    ("pack", "unpack"),
    ("serialize", "deserialize"),
    ("serialise", "deserialise"),
    ("quote", "unquote"),
    ("escape", "unescape"),
    ("compress", "decompress"),
    ("format", "parse"),
    ("to", "from"),
    ("render", "parse"),
    ("join", "split"),
    ("marshal", "unmarshal"),
)


def looks(kit):
    """One look for each pair of functions that undo each other, by their names."""
    for path, module, lines in kit.modules():
        for there, back in sorted(set(pairs(kit, module, lines))):
            yield lambda a=(module, path, there, back): break_pair(kit, *a)


def pairs(kit, module, lines):
    """(there, back) by their names."""
    known = dict(kit.functions(module, set()))
    for name in known:
        for there, back in INVERSES:
            for old, new in ((there, back), (there + "_", back + "_")):
                if name.startswith(old) or name.endswith("_" + there) or name == there:
                    other = name.replace(there, back, 1) if name != there else back
                    if other in known and other != name:
                        if kit.in_scope(known[name], lines) or kit.in_scope(known[other], lines):
                            yield name, other
                        break


def break_pair(kit, module, path, there, back):
    """Input that does not come back as it went."""
    one, other = getattr(module, there), getattr(module, back)
    parameters = list(inspect.signature(one).parameters.values())
    needed = [p for p in parameters if p.default is p.empty]
    hints = typing.get_type_hints(one)
    takes = list(inspect.signature(other).parameters.values())
    back_hints = typing.get_type_hints(other)
    if len(needed) != 1 or needed[0].name not in hints or not takes:
        return
    # the types must fit both ways, or the names mean something else
    if (
        hints.get("return") != back_hints.get(takes[0].name)
        or back_hints.get("return") != hints[needed[0].name]
    ):
        return

    def breaks(value):
        there_value, error = kit.timed(lambda: one(value))
        if error is not None:
            return None
        again, error = kit.timed(lambda: other(there_value))
        if error is not None:
            return None if isinstance(error, kit.Late) else ("raises", type(error).__name__)
        return None if again == value and type(again) is type(value) else ("differs", "")

    found = drawing.smallest(kit, drawing.strategy(hints[needed[0].name]), breaks)
    text = kit.written({"value": found[1]}) if found else None
    if text is not None:
        value = text.partition("=")[2]
        line = inspect.getsourcelines(other)[1]
        yield {
            "path": path,
            "line": line,
            "failure": "AssertionError",
            "module": module.__name__,
            "imports": [there, back],
            "name": "%s/%s" % (there, back),
            "lines": ["assert came_back(%s)" % value],
            "value": value,
        }
