"""Tests of `node --test` and Rust, repeated with other literals, that tell what they see.

Each named test is written out again and again with its literals changed a little, and nothing is
asserted: what would have been compared is told. So the same inputs, near those of the tests, can
be given to the program with and without a change.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import PurePosixPath

from hexci.domain.chance import Chance
from hexci.domain.gate.behaviour import Answer, Answers
from hexci.domain.gate.masking import closing, family_of, masked
from hexci.domain.gate.telling_node import telling_shims, with_telling_modules

# Copies of each test with literals near its own, and with constants of the code instead.
_NEAR = 32
_KNOWN = 40

_NODE_TEST = re.compile(r"(?m)^[ \t]*(?:await\s+)?(?:test|it)\s*(?=\()")
_TITLE = re.compile(r"\(\s*(\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|`[^`$]*`)")
_RUST_TEST = re.compile(
    r"#\[test\][ \t]*\n(?:[ \t]*#\[allow[^\n]*\n)*[ \t]*(?:pub\s+)?fn\s+(\w+)\s*\(\s*\)\s*(?=\{)"
)
_RUST_CHECK = re.compile(r"\b(?:assert|assert_eq|assert_ne)!\s*(?=\()")
_NUMBER = re.compile(r"(?<![\w.#<\[])(?<!; )(?<!\.\. )\d{1,15}(?![\w.]*\w*[.\]x>])(?!\w)|"
                     r"(?<![\w.#<;])(?<!; )\d{1,15}(?=\s*[,)\]}; +*/-])")  # fmt: skip
_STRING = re.compile(r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n]){2,}'")
_KEY = re.compile(r"(?m)[{,\n][ \t]*(\w+)[ \t]*:(?!:)")
_TOLD = "hexci_told"
_RUST_MACRO = """
#[allow(unused_macros)]
macro_rules! hexci_tell {
    ($name:expr, $value:expr $(, $($rest:tt)*)?) => {{
        use std::io::Write;
        let text = format!("{:?}", &$value).replace('\\\\', "/").replace('\\n', " ");
        let place = concat!(env!("CARGO_MANIFEST_DIR"), "/hexci_told");
        if let Ok(mut out) = std::fs::OpenOptions::new().create(true).append(true).open(place) {
            let line = format!("{}\\t{}\\n", $name, text.replace('\\t', " "));
            let _ = out.write_all(line.as_bytes());
        }
    }};
}
"""


@dataclass(frozen=True, slots=True)
class Copies:
    """Rewritten files, the ids of the tests in them to be run, and the files that they leave."""

    files: Mapping[str, bytes]
    only: tuple[str, ...]
    told: tuple[str, ...]


def neighbour_tests(
    sources: Mapping[str, bytes],
    tests: Collection[str],
    listing: Collection[str],
    code: Mapping[str, bytes],
) -> Copies | None:
    """Copies of `tests` (ids) in the files `sources`; None when there are none to be had.

    `code` is what changed: who answers the constants in it, besides the tests', has knowledge.
    """
    pool = _constants(code)
    files: dict[str, bytes] = {}
    told: set[str] = set()
    ids: list[str] = []
    for path, source in sources.items():
        text = source.decode("utf-8", "surrogateescape")
        family = family_of(path)
        rewritten = _WRITERS[family](path, text, tests, pool) if family in _WRITERS else text
        if rewritten == text:
            continue
        files[path] = rewritten.encode("utf-8", "surrogateescape")
        told.add(_TOLD if family == "ecmascript" else _crate_of(path, listing))
    if not files:
        return None
    if any(family_of(path) == "ecmascript" for path in files):
        files |= telling_shims(_TOLD)
        ids += tests
    else:
        numbers = range(1, _NEAR + len(pool) + 1)
        ids += [
            f"{test}{suffix}" for test in tests for suffix in ("", *(f"_n{n}" for n in numbers))
        ]
    return Copies(files, tuple(ids), tuple(sorted(told)))


def at_bounds(
    sources: Mapping[str, bytes], tests: Collection[str], base: Mapping[str, bytes]
) -> bool:
    """Whether the tests name numbers that base's code has, too: a change may move a bound."""
    named = {part for test in tests for part in re.split(r"::| > ", test)}
    texts = [source.decode("utf-8", "replace") for source in sources.values()]
    bodies = [body for text in texts for name in named for body in _after(text, name)]
    asked = {int(n) for body in bodies for n in _NUMBER.findall(body)}
    had = {int(n) for s in base.values() for n in _NUMBER.findall(s.decode("utf-8", "replace"))}
    return any(number > 2 and number in had for number in asked)


def _after(text: str, name: str) -> list[str]:
    """What follows a test's name, up to the next test."""
    parts = text.split(name)[1:]
    return [re.split(r"\n\s*(?:test|it|describe)\s*\(|#\[test\]", part)[0] for part in parts]


def answers_told(texts: Collection[bytes]) -> Answers:
    """What the copies told, by (world, test, copy and place in it)."""
    found: dict[tuple[str, str], Answer] = {}
    for text in texts:
        for line in text.decode("utf-8", "replace").splitlines():
            name, tab, value = line.partition("\t")
            test, _, copy_and_place = name.rpartition("#")
            copy, _, _ = copy_and_place.partition(":")
            if tab and test and copy.isdigit():
                world = "known" if int(copy) > _NEAR else "plain"
                found[world, name] = Answer(
                    world, test, name, value, value, _kind(value), copy == "0", "", 2.0
                )
    return found


def without_repeats(head: Answers, base: Answers) -> Answers:
    """`head` without copies that ask what the test itself asks: their literals came out alike."""
    asked = {
        (answer.whole, base[at].whole)
        for at, answer in head.items()
        if answer.recorded and at in base
    }
    return {
        at: answer
        for at, answer in head.items()
        if answer.recorded or at not in base or (answer.whole, base[at].whole) not in asked
    }


def together(answers: Answers) -> Answers:
    """The same answers as if all tests were one: each may ask only one thing."""
    return {at: replace(answer, place="the change") for at, answer in answers.items()}


def _kind(value: str) -> str:
    if value in ("true", "false"):
        return "bool"
    if value.startswith("raised "):
        return "raised"
    if re.fullmatch(r"(?:Some\(|Ok\()?-?\d+(?:\.\d+)?\)?", value):
        return "number"
    return "none" if value in ("None", "()", "undefined", "null", "NaN") else "other"


def _crate_of(path: str, listing: Collection[str]) -> str:
    parents = [str(p) for p in PurePosixPath(path).parents]
    crate = next((p for p in parents if f"{p}/Cargo.toml".removeprefix("./") in listing), ".")
    return f"{crate}/{_TOLD}".removeprefix("./")


def _constants(code: Mapping[str, bytes]) -> tuple[str, ...]:
    """Texts, numbers and names of keys in the code, as they are written."""
    found: dict[str, None] = {}
    for _, source in sorted(code.items()):
        text = source.decode("utf-8", "replace")
        found |= dict.fromkeys(m[1] for m in _KEY.finditer(text))
        found |= dict.fromkeys(m[0][1:-1] for m in _STRING.finditer(text))
        found |= dict.fromkeys(m[0] for m in _NUMBER.finditer(text))
    return tuple(c for c in found if c and len(c) < 40 and not set(c) & set("{\\\"'"))[:_KNOWN]


def _node(path: str, text: str, tests: Collection[str], pool: Sequence[str]) -> str:
    titles = {part for test in tests for part in test.partition("::")[2].split(" > ")}
    told = with_telling_modules(path, text)
    if told == text:
        return text
    mask = masked(told, "ecmascript")
    for begin in reversed(list(_NODE_TEST.finditer(mask))):
        end = closing(mask, begin.end()) + 1
        title = _TITLE.match(told, begin.end())
        if title is None or title[1][1:-1] not in titles:
            continue
        head, body = told[begin.start() : title.end()], told[title.end() : end]
        copies = "".join(f";\n{head}{other}" for other in _others(body, pool))
        told = told[:end] + copies + told[end:]
    return told


def _rust(_: str, text: str, tests: Collection[str], pool: Sequence[str]) -> str:
    names = {test.rpartition("::")[2] for test in tests}
    mask = masked(text, "rust")
    first = None
    for begin in reversed(list(_RUST_TEST.finditer(mask))):
        if begin[1] not in names:
            continue
        end = closing(mask, begin.end()) + 1
        body = text[begin.end() : end]
        own = [_rust_copy(begin[1], body, 0)]
        own += [_rust_copy(begin[1], b, n) for n, b in enumerate(_others(body, pool), start=1)]
        text = text[: begin.start()] + "\n".join(own) + text[end:]
        first = begin.start()
    return text if first is None else text[:first] + _RUST_MACRO + text[first:]


def _rust_copy(name: str, body: str, number: int) -> str:
    mask = masked(body, "rust")
    for place, check in reversed(list(enumerate(_RUST_CHECK.finditer(mask)))):
        told = f'hexci_tell!("{name}#{number}:{place}", '
        body = body[: check.start()] + told + body[check.end() + 1 :]
    suffix = f"_n{number}" if number else ""
    return f"#[test]\n#[allow(unused, overflowing_literals)]\nfn {name}{suffix}() {body}"


def _others(body: str, pool: Sequence[str]) -> list[str]:
    """The body with other literals, in a fixed order."""
    near = [_changed(body, seed) for seed in range(1, _NEAR + 1)]
    return [*near, *(_filled(body, constant) for constant in pool)]


def _filled(text: str, constant: str) -> str:
    """All numbers, or else all texts, replaced by one constant."""
    if constant.isdigit():
        return _NUMBER.sub(constant, text)
    return _STRING.sub(lambda match: f"{match[0][0]}{constant}{match[0][0]}", text)


def _changed(text: str, seed: int) -> str:
    """`text` with some of its literals changed, always in the same way for the same `seed`.

    Every other time it is a single one: what lies very near.
    """
    chance = Chance(seed)
    many = len(_NUMBER.findall(text)) + len(_STRING.findall(text))
    chosen = chance.randrange(many) if many and seed % 2 else None
    places = count()

    def changed(match: re.Match[str]) -> str:
        if chosen is not None and next(places) != chosen:
            return match[0]
        change = _number if match[0].isdigit() else _string
        return change(match[0], chance)

    return _STRING.sub(changed, _NUMBER.sub(changed, text))


def _number(digits: str, chance: Chance) -> str:
    value = int(digits)
    near = [value + 1, value + 2, value + 3, value * 2, value + 10, value // 2]
    less = [value - step for step in (1, 1, 2, 3) if value >= step]
    return str(chance.choice([*near, *less]))


def _string(quoted: str, chance: Chance) -> str:
    inner = quoted[1:-1]
    if "{" in inner or "\\" in inner:
        return quoted
    letters = [_like(letter, chance) if chance.random() < 0.3 else letter for letter in inner]
    if letters and chance.random() < 0.4:
        letters.insert(chance.randrange(len(letters)), chance.choice(letters))
    return f"{quoted[0]}{''.join(letters)}{quoted[0]}"


def _like(letter: str, chance: Chance) -> str:
    for alphabet in ("0123456789", "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
        if letter in alphabet:
            return chance.choice(alphabet)
    return letter


_WRITERS: Mapping[str, Callable[[str, str, Collection[str], Sequence[str]], str]] = {
    "ecmascript": _node,
    "rust": _rust,
}
