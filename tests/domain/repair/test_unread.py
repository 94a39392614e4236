import ast

import pytest

from hexci.domain.repair.unread import unread


def names(body: str) -> list[str]:
    text = "def f(graph, order):\n" + "".join(f"    {line}\n" for line in body.splitlines())
    return list(unread(ast.parse(text).body[0]))


def test_a_container_that_is_only_filled_is_as_good_as_unread() -> None:
    filling = "back = {}\nfor one in order:\n    back.setdefault(one, []).append(one)\n"
    assert names(f"{filling}return graph[order]") == ["back"]
    assert names(f"{filling}return graph, back") == []
    assert names(f"{filling}return graph[0], len(back[0])") == []


@pytest.mark.parametrize(
    "body",
    [
        "kept = graph\nkept[0] = order",  # another name of what the caller has
        "kept = []\nkept.append(graph)\nlast = kept.pop()\nreturn order, last",
        "kept = [0] * 3\nfor kept[0] in order:\n    print(graph, kept)",
        "global kept\nkept = []\nkept.append(graph)\nreturn order",
    ],
)
def test_what_others_can_see_or_is_read_later_is_read(body: str) -> None:
    assert names(body) == []


def test_parameters_and_locals_without_any_reader_are_named_and_private_ones_are_not() -> None:
    assert names("total = 1\n_skipped = graph") == ["order", "total"]
