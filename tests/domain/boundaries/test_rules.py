"""Every kind of rule on a small graph: what breaks it, and what does not."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from fakes.trees import graph_of, judged

from hexci.adapters.manifests.boundaries import parse_boundaries
from hexci.domain.boundaries.dead_exports import dead_exports, may_have_dead_exports
from hexci.domain.boundaries.rule_table import RULES
from hexci.domain.finding import Report

FILES: Mapping[str, str] = {
    "s/__init__.py": "",
    "s/api.py": "import s.core\nimport requests\n",
    "s/core.py": "import s.mid\nif TYPE_CHECKING:\n    import s.api\n",
    "s/mid.py": "import s.db\n",
    "s/db.py": "import s.mid\nimport sqlalchemy.orm\n",
    "s/port.py": "",
    "tests/test_core.py": "import s.db\n",
}


def report_on(rule: str, files: Mapping[str, str] = FILES, more: str = "") -> Report:
    text = f"kind: Boundaries\nspec:\n  coverage: 0\n  rules: [{rule}]\n{more}"
    settings = parse_boundaries(text.encode())
    graph = graph_of(files)
    return judged(settings, graph)


def places(told: Report) -> list[str]:
    return [f"{f.path}:{f.line} {f.rule}" for f in told.findings if f.rule < "HX013"]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("{type: layers, layers: [s.api, s.core, s.db]}", ["s/core.py:3 HX001"]),
        ("{type: layers, layers: [s.api, s.core, s.db], type-only: false}", []),
        ("{type: layers, layers: [s.db, s.core], transitive: true}", ["s/core.py:1 HX001"]),
        ("{type: layers, layers: [api, core, mid, db], containers: [s], closed: true}",
         ["s/core.py:3 HX001", "s/db.py:1 HX001"]),
        ("{type: layers, layers: [s.api, s.core | s.mid]}",
         ["s/core.py:1 HX001", "s/core.py:3 HX001"]),
        ("{type: layers, layers: [api, core], containers: [s], exhaustive: true}",
         ["s/core.py:3 HX001", "s/db.py:0 HX009", "s/mid.py:0 HX009", "s/port.py:0 HX009"]),
        ("{type: onion, rings: [s.db, s.mid, s.core]}", ["s/db.py:1 HX001"]),
        ("{type: forbidden, from: s.core, to: s.db}", []),
        ("{type: forbidden, from: s.core, to: s.db, transitive: true}", ["s/core.py:1 HX002"]),
        ("{type: forbidden, from: tests, to: s.db}", []),
        ("{type: forbidden, from: tests, to: s.db, tests: true}", ["tests/test_core.py:1 HX002"]),
        ("{type: independence, modules: [s.mid, s.db]}", ["s/db.py:1 HX003", "s/mid.py:1 HX003"]),
        ("{type: acyclic}", ["s/db.py:1 HX004"]),
        ("{type: acyclic, type-only: true, within: [s.api, s.core]}", ["s/api.py:1 HX004"]),
        ("{type: interfaces, package: [s.mid, s.db], expose: s.mid}", []),
        ("{type: interfaces, package: [s.core, s.db], expose: s.core}", ["s/mid.py:1 HX005"]),
        ("{type: protected, modules: s.db, allow: s.core}", ["s/mid.py:1 HX006"]),
        ("{type: external, from: s, allow: [requests]}", ["s/db.py:2 HX007"]),
        ("{type: external, from: s.api, deny: [requests.Session]}", []),
        ("{type: external, from: s.db, deny: [sqlalchemy]}", ["s/db.py:2 HX007"]),
    ],
)  # fmt: skip
def test_a_rule_finds_what_breaks_it(rule: str, expected: list[str]) -> None:
    assert places(report_on(rule)) == expected


def test_a_chain_is_shown_with_the_place_of_every_link() -> None:
    told = report_on("{type: forbidden, from: s.core, to: s.db, transitive: true}")
    assert "s/core.py:1: s.core -> s.mid\ns/mid.py:1: s.mid -> s.db\n" in told.findings[0].fix


def test_a_port_that_nobody_uses_is_noted() -> None:
    told = report_on("{type: hexagonal, domain: s.core, ports: s.port}")
    assert [f.path for f in told.findings if f.rule == "HX031"] == ["s/port.py"]


def test_dead_modules_are_told_when_asked_for() -> None:
    asked = "  severity: {HX032: warning}\n"
    told = report_on("{type: acyclic, within: s.api}", more=asked)
    assert [f.path for f in told.findings if f.rule == "HX032"] == ["s/port.py"]


LAZY: Mapping[str, str] = {"s/a.py": "def f():\n    import s.b\n", "s/b.py": "import s.a\n"}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("{type: forbidden, from: s.a, to: s.b}", ["s/a.py:2 HX002"]),
        ("{type: forbidden, from: s.a, to: s.b, lazy: false}", []),
        ("{type: acyclic}", ["s/a.py:2 HX004"]),
        ("{type: acyclic, lazy: false}", []),
    ],
)
def test_an_import_inside_a_function_counts_unless_the_rule_says_no(
    rule: str, expected: list[str]
) -> None:
    assert places(report_on(rule, LAZY)) == expected


EXPORTS: Mapping[str, str] = {
    "s/a.py": "from s.b import used, Kept\nimport s.c\n",
    "s/b.py": (
        "def used(): ...\n\n\ndef dead(): ...\n\n\nclass Kept: ...\n\n\nclass Gone: ...\n\n\n"
        "@registered\ndef entered(): ...\n\n\ndef _own(): ...\n\n\n"
        "def inner(): ...\n\n\nX = inner\n"
    ),
    "s/c.py": "def asked_by_attribute(): ...\n",
    "s/d.py": "def nobody_imports_the_module(): ...\n",
    "tests/test_a.py": "from s.b import used\n",
}


def test_public_names_that_nobody_imports_are_told_where_the_config_asks() -> None:
    settings = parse_boundaries(
        b"kind: Boundaries\nspec: {rules: [{type: acyclic}], severity: {HX033: note}}\n"
    )
    graph = graph_of(EXPORTS)
    wanted = may_have_dead_exports(graph)
    contents = [(path, EXPORTS[path].encode()) for path in wanted]
    found = [f"{f.path}:{f.line} {f.message}" for f in dead_exports(settings, graph, contents)]
    assert found == [
        "s/b.py:4 no file imports dead from s.b, which does not use it either",
        "s/b.py:10 no file imports Gone from s.b, which does not use it either",
    ]


def test_little_coverage_gives_no_grade() -> None:
    settings = parse_boundaries(
        b"kind: Boundaries\nspec: {rules: [{type: acyclic, within: s.port}]}\n"
    )
    graph = graph_of(FILES)
    told = judged(settings, graph)
    assert dict(told.facts)["grade"] == "n/a"
    assert "HX013" in {f.rule for f in told.findings}


def test_every_rule_is_in_the_docs_as_it_is_in_the_table() -> None:
    page = (Path(__file__).parents[3] / "docs/analyze.md").read_text()
    missing = [
        e.id for e in RULES if f"| {e.id} | {e.type} | {e.severity} | {e.title}." not in page
    ]
    assert missing == []
