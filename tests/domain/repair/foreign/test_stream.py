from hexci.domain.repair.foreign.stream import foreign_patches
from hexci.domain.repair.foreign.tree import Node, Tree

DATA = b"a - b - c - d - 7"


def tree() -> Tree:
    """A function of names with signs between them, as a grammar would tell it."""
    nodes = [
        Node("program", True, 0, len(DATA), 1, -1),
        Node("function_declaration", True, 0, len(DATA), 1, 0),
    ]
    at = 0
    for part in DATA.split():
        kind = {b"-": "-", b"7": "number"}.get(part, "identifier")
        nodes.append(Node(kind, part != b"-", at, at + len(part), 1, 1))
        at += len(part) + 1
    return Tree("a.js", DATA, tuple(nodes))


def test_no_family_has_the_first_places_to_itself() -> None:
    found = [p.family for p in foreign_patches({"a.js": tree()}, {("a.js", 1): 1.0}, _any)]
    assert found.count("variable") == 12
    assert "arithmetic" in found[: found.index("variable") + 12]


def test_no_text_comes_twice_and_each_differs_from_the_original() -> None:
    texts = [p.files["a.js"] for p in foreign_patches({"a.js": tree()}, {("a.js", 1): 1.0}, _any)]
    assert len(texts) == len(set(texts))
    assert DATA not in texts


def test_what_does_not_parse_is_not_proposed() -> None:
    assert not list(foreign_patches({"a.js": tree()}, {("a.js", 1): 1.0}, lambda _, __: False))


def _any(path: str, data: bytes) -> bool:
    return bool(path and data)
