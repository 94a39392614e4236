"""What is told after an edit without judging anew is what judging anew would tell."""

from collections.abc import Iterable

from fakes.trees import MemoryTree, NoStore
from hypothesis import given, settings
from hypothesis import strategies as st

from hexci.adapters.manifests.boundaries import parse_boundaries, parse_pyproject
from hexci.adapters.sinks.report import render
from hexci.adapters.sources.heads import IMPORTS, Head
from hexci.adapters.sources.kept_guards import numbers_text
from hexci.adapters.sources.retold import edit_of, retell
from hexci.adapters.treesitter.lazily import LazyParser
from hexci.domain.boundaries.guarding import guards_of
from hexci.domain.boundaries.guards import Guards
from hexci.domain.boundaries.settings import BOUNDARIES_PATH
from hexci.usecases.analyze_boundaries import Analysis, Analyzer

RULES = (
    "{type: layers, containers: [s], layers: [a, b, c]}",
    "{type: layers, containers: [s], layers: [a, c], transitive: true}",
    "{type: layers, containers: [s], layers: [a, b, c], tests: true, type-only: false}",
    "{type: hexagonal, domain: s.c, ports: s.b, adapters: s.a.*}",
    "{type: forbidden, from: s.c, to: s.a}",
    "{type: forbidden, from: s.c, to: s.a, transitive: true}",
    "{type: independence, modules: [s.a.*]}",
    "{type: acyclic}",
    "{type: acyclic, by: package}",
    "{type: interfaces, package: s.b, expose: s.b.x}",
    "{type: protected, modules: s.c, allow: s.b}",
    "{type: external, from: s.c, deny: [json]}",
)
PATHS = (
    "s/__init__.py", "s/a/__init__.py", "s/a/x.py", "s/a/y.py", "s/b/__init__.py", "s/b/x.py",
    "s/b/y.py", "s/c/__init__.py", "s/c/x.py", "s/free.py", "s/other.py", "tests/test_s.py",
)  # fmt: skip
LINES = (
    "import s.a.x", "import s.a.y", "from s.b import x", "from s.b.y import z", "import s.c.x",
    "from s import free", "import s.other", "import os", "import json", "from . import y",
    "from s.gone import q", "def f():", "    import s.c.x", "    import s.b.x", "",
    "if TYPE_CHECKING:", "x = 1", '"""A text."""',
    "import s.b.x  # hexci: ignore[HX001] until it is gone",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(LINES), max_size=5).map(
    lambda lines: "".join(f"{line}\n" for line in lines)
)
# mostly imports alone: what is taken without judging anew
PLAIN = st.lists(st.sampled_from(LINES[:10]), max_size=4).map(
    lambda lines: "".join(f"{line}\n" for line in lines)
)


def analysis_of(files: dict[str, str], rules: Iterable[str]) -> Analysis:
    config = f"kind: Boundaries\nspec:\n  coverage: 0\n  rules: [{', '.join(rules)}]\n"
    tree = MemoryTree({**files, BOUNDARIES_PATH: config})
    parts = (tree, LazyParser(), NoStore(), parse_boundaries, parse_pyproject)
    return Analyzer(*parts).analyze("2027-01-01")


def head_of(found: Analysis, format_name: str = "text") -> Head:
    text = render(found.report, format_name)
    return Head(".", "staged", 0, text, IMPORTS, "guarded", numbers_text(found.numbers))


def guards(found: Analysis) -> Guards:
    made = guards_of(found.settings, found.graph, found.judgement, found.everything)
    assert made is not None
    return made


@given(
    texts=st.fixed_dictionaries(dict.fromkeys(PATHS, PLAIN | TEXTS)),
    rules=st.lists(st.sampled_from(RULES), max_size=3, unique=True),
    edits=st.lists(st.tuples(st.sampled_from(PATHS), PLAIN | TEXTS), min_size=1, max_size=4),
    format_name=st.sampled_from(("text", "json", "sarif", "github")),
)
@settings(max_examples=120)
def test_an_answer_after_edits_is_that_of_judging_anew(
    texts: dict[str, str], rules: list[str], edits: list[tuple[str, str]], format_name: str
) -> None:
    first = analysis_of(texts, rules)
    head, guarding = head_of(first, format_name), guards(first)
    parsed = set(first.parsed)
    files = dict(texts)
    for path, text in edits:
        old, new = files[path].encode(), text.encode()
        edit = edit_of(path, old, new, head.text, surely_parsed=path in parsed)
        if edit is None or not retell(head, [(path, *edit)], guarding):
            return  # the whole is judged
        files[path] = text
        anew = head_of(analysis_of(files, rules), format_name)
        assert (head.text, head.numbers) == (anew.text, anew.numbers)


def retold(rule: str, path: str, text: str) -> bool:
    """Whether an edit of a small tree in order is told without judging anew."""
    files = dict.fromkeys(PATHS, "") | {"s/a/x.py": "import s.b.x\n", "s/b/x.py": "import s.c.x\n"}
    found = analysis_of(files, [rule])
    head, guarding = head_of(found), guards(found)
    edit = edit_of(path, files[path].encode(), text.encode(), head.text, surely_parsed=False)
    assert edit is not None
    return retell(head, [(path, *edit)], guarding)


def test_an_import_that_no_rule_minds_needs_no_judging() -> None:
    layers, chains = RULES[0], RULES[1]
    assert retold(layers, "s/a/y.py", "import s.c.x\n")
    assert retold(layers, "s/b/y.py", "import os\nfrom s.c import x\n")
    assert retold(layers, "s/a/x.py", "")
    assert retold(chains, "s/a/y.py", "import s.b.x\n")
    assert retold("{type: acyclic}", "s/a/y.py", "import s.b.x\n")


def test_an_import_that_may_break_a_rule_is_judged() -> None:
    layers, chains = RULES[0], RULES[1]
    assert not retold(layers, "s/c/x.py", "import s.a.y\n")
    assert not retold(chains, "s/c/x.py", "import s.free\n")
    assert not retold("{type: acyclic}", "s/c/x.py", "import s.a.x\n")
    assert not retold("{type: external, from: s.c, deny: [json]}", "s/c/x.py", "import os\n")
