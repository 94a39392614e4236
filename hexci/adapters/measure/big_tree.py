"""A Python tree of any size that looks like a real one: packages, headers, function bodies."""

from pathlib import Path
from random import Random

_LAYERS = ("api", "flows", "models", "tools")
_BODY = '''

def {name}(value: int, *, scale: float = 1.0) -> float:
    """Gives {name} of a value.

    Every third number counts for more; the rest is taken away. See the notes on {name}.
    """
    total = 0.0
    for number in range(value):
        if number % 3 == 0:
            total += number * scale  # every third
        else:
            total -= {{"a": 1, "b": 2}}.get("a", 0)
    return total
'''


def write_tree(folder: Path, modules: int, *, seed: int = 7) -> None:
    """Writes `modules` modules of one package `big` in four layers below `folder`.

    Modules import from their own layer's lower numbers and from lower layers, about nine each.
    """
    random = Random(seed)  # noqa: S311 - the same tree every time
    names = _names(modules)
    for number, (layer, package, name) in enumerate(names):
        path = folder / "big" / layer / package / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_text(names, number, random), encoding="utf-8")
    top = folder / "big"
    for level in [top, *(inside for inside in top.rglob("*") if inside.is_dir())]:
        (level / "__init__.py").touch()


def _names(modules: int) -> list[tuple[str, str, str]]:
    each = max(1, modules // len(_LAYERS))
    return [
        (layer, f"part{number // 40}", f"mod{number}")
        for layer in reversed(_LAYERS)
        for number in range(each)
    ]


def _text(names: list[tuple[str, str, str]], number: int, random: Random) -> str:
    lines = [
        '"""A generated module: what it imports is drawn once."""',
        "",
        "from __future__ import annotations",
        "",
    ]
    lines += ["import logging", "from typing import TYPE_CHECKING, Any", ""]
    wanted = {random.randrange(number) for _ in range(min(number, 6))}
    for other in sorted(wanted):
        layer, package, name = names[other]
        lines.append(f"from big.{layer}.{package}.{name} import first_{name}")
    lines += ["", "if TYPE_CHECKING:", "    from collections.abc import Sequence", ""]
    lines += ["LOGGER: Any = logging.getLogger(__name__)", "ALL: Sequence[str] = ()"]
    name = names[number][2]
    bodies = [f"{word}_{name}" for word in ("first", "second", "third", "fourth", "fifth")]
    body = "".join(_BODY.format(name=function) for function in bodies * random.randint(1, 3))
    return "\n".join(lines) + body
