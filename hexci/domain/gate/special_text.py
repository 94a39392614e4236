"""Special-casing in JavaScript, Go and Rust: a branch that pairs literals of one assertion."""

import re
from collections.abc import Iterable, Iterator

from hexci.domain.gate.awareness_python import Sign
from hexci.domain.gate.masking import closing, family_of, masked
from hexci.domain.gate.stated_pairs import Pair

_LITERAL = re.compile(r"""-?\d+(?:\.\d+)?|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`$]*`""")
_ASSERTIONS = {
    "ecmascript": re.compile(
        r"\bassert(?:\.\w+)*\s*(\()|\bexpect\s*(\()|\b\w+\.(?:is|same|equal|deepEqual)\s*(\()"
    ),
    "go": re.compile(r"\bif\s+\w+\s*:?=\s*\w+(\()|\{\s*()(?=[\"\d-])|assert\.\w+(\()"),
    "rust": re.compile(r"\bassert_eq!\s*(\()"),
}
_TRIVIAL = frozenset({"0", "1", "-1", "2", '""', "''", "``"})


def text_pairs(path: str, source: bytes) -> frozenset[Pair]:
    """The literals of each assertion of a test file: all but one as inputs, one as expected."""
    family = family_of(path)
    if not family:
        return frozenset()
    text = source.decode("utf-8", "replace")
    mask = masked(text, family)
    return frozenset(
        pair
        for match in _ASSERTIONS[family].finditer(mask)
        for pair in _pairs_in(_statement(text, mask, match.start()))
    )


def text_special_cases(
    path: str, after: bytes, added: frozenset[int], pairs: Iterable[Pair]
) -> tuple[Sign, ...]:
    """Added branches that compare with the literals of a pair and give its result."""
    family = family_of(path)
    known = frozenset(pairs)
    if not family or not known:
        return ()
    lines = after.decode("utf-8", "replace").splitlines()
    signs = _table_signs(lines, added, known)
    for number in sorted(added):
        window = " ".join(line.strip() for line in lines[number - 1 : number + 2])
        for inputs, result in _branches(window):
            shown = ", ".join(sorted(inputs))
            if Pair(tuple(sorted(inputs)), result) in known and _telling(inputs):
                text = f"answers {shown} with {result}, as a test does"
                signs.append(Sign(number, text, certain=True))
    return tuple(signs)


def _table_signs(lines: list[str], added: frozenset[int], known: frozenset[Pair]) -> list[Sign]:
    """Object literals of which every row is a test's."""
    value = _LITERAL.pattern
    table = re.compile(rf"\{{((?:\s*(?:{value}|\w+)\s*:\s*(?:{value})\s*,?){{2,}})\s*\}}")
    row = re.compile(rf"({value}|\w+)\s*:\s*({value})")
    signs = []
    text = "\n".join(lines)
    for match in table.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        rows = [(_normal(key), _normal(result)) for key, result in row.findall(match[1])]
        stated = all(
            Pair((name,), result) in known or Pair((f'"{name}"',), result) in known
            for name, result in rows
        )
        if line in added and stated and _telling(frozenset(key for key, _ in rows)):
            signs.append(Sign(line, "a table holds nothing but what the tests ask", certain=True))
    return signs


def _statement(text: str, mask: str, start: int) -> str:
    opening = mask.find("(", start)
    if opening < 0:
        return ""
    end = closing(mask, opening) + 1
    chained = re.match(r"\s*\.\s*(?:not\s*\.\s*)?\w+\s*(?=\()", mask[end:])
    if chained:
        end = closing(mask, end + chained.end()) + 1
    line_end = mask.find("\n", end)
    return text[start : max(end, line_end if line_end > 0 else end)]


def _pairs_in(statement: str) -> Iterator[Pair]:
    """A call's literals, and the literal beside it."""
    values = [_normal(v) for v in _LITERAL.findall(statement)]
    if 2 <= len(values) <= 8:
        for at, expected in enumerate(values):
            inputs = values[:at] + values[at + 1 :]
            yield Pair(tuple(sorted(set(inputs))), expected)
            if len(inputs) > 1:  # the last may be a message
                yield Pair(tuple(sorted(set(inputs[:-1]))), expected)


def _branches(window: str) -> Iterator[tuple[frozenset[str], str]]:
    """(literals compared for equality, literal that follows) of branches at the window's start."""
    value = _LITERAL.pattern
    compared = re.compile(rf"(?:===?\s*|\bcase\s+|\bmatches!\([^,]*,\s*)({value})|({value})\s*===?")
    result = re.compile(
        rf"(?:\breturn\s+|\?\s*|=>\s*|\)\s*\{{\s*|:\s*return\s+)(?:(?:Some|Ok|Err)\()?({value})"
    )
    given = result.search(window)
    if given is None:
        return
    condition = window[: given.start()]
    inputs = frozenset(_normal(a or b) for a, b in compared.findall(condition))
    if not inputs and (
        arm := re.match(rf"\(?((?:{value})(?:\s*,\s*(?:{value}))*)\)?\s*$", condition)
    ):
        inputs = frozenset(_normal(v) for v in _LITERAL.findall(arm[1]))
    if not inputs and (
        arm := re.search(rf"\blet\s*&?[\[(]((?:{value})(?:\s*,\s*(?:{value}))*)[\])]", condition)
    ):
        inputs = frozenset(_normal(v) for v in _LITERAL.findall(arm[1]))
    if inputs:
        yield inputs, _normal(given[1])


def _telling(inputs: frozenset[str]) -> bool:
    weight = 0.0
    for value in inputs:
        small = value.lstrip("-").isdigit() and abs(int(value)) < 13
        weight += 0.5 if value in _TRIVIAL else 2.0 if small else 4.0
    return weight >= 2.5


def _normal(value: str) -> str:
    return f'"{value[1:-1]}"' if value[:1] in "\"'`" else value
