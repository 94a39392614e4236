"""The Go and Rust rows of the accuracy table, by both engines."""

from collections.abc import Mapping

import pytest
from fakes.trees import ENGINES, graph_of, said

from hexci.domain.boundaries.graph import PROBLEM
from hexci.domain.boundaries.rulebook import judge
from hexci.domain.boundaries.settings import Settings

Row = tuple[Mapping[str, str | bytes], list[str]]
MOD = {"go.mod": "module example.com/app/v2\n\ngo 1.21\n", "dom/b.go": "package dom\n"}
CARGO = '[package]\nname = "shop"\nedition = "2021"\n'
SHOP = {
    "Cargo.toml": CARGO,
    "src/lib.rs": "mod a;\nmod d;\n",
    "src/a.rs": "",
    "src/d/mod.rs": "",
    "src/d/e.rs": "",
    "src/adapters/db.rs": "",
}

GO: dict[str, Row] = {
    "below the module path": (
        {**MOD, "x.go": 'package main\n\nimport "example.com/app/v2/dom"\n'},
        ["3 dom/b.go runtime"],
    ),
    "replace and go.work": (
        {
            "go.mod": "module example.com/app\nreplace example.com/lib => ./third\n",
            "third/l.go": "package lib\n",
            "x.go": 'package main\nimport "example.com/lib"\n',
        },
        ["2 third/l.go runtime"],
    ),
    "a nested module": (
        {**MOD, "sub/go.mod": "module example.com/sub\n", "sub/s.go": "package sub\n",
         "x.go": 'package main\nimport "example.com/sub"\n'},
        ["2 sub/s.go runtime"],
    ),
    "alias, blank and dot": (
        {
            **MOD,
            "x.go": 'package main\nimport (\n\ta "example.com/app/v2/dom"\n'
            '\t_ "github.com/lib/pq"; . "fmt" // x\n)\n',
        },
        ["3 dom/b.go runtime", "4 =github.com/lib/pq runtime", "4 =fmt runtime"],
    ),
    "C": ({**MOD, "x.go": '// #include "a.h"\npackage main\n// import "x"\nimport "C"\n'}, []),
    "build tags": (
        {**MOD, "x.go": '//go:build linux\n\npackage main\nimport "example.com/app/v2/dom"\n'},
        ["4 dom/b.go optional"],
    ),
    "several blocks, semicolons, raw strings and comments": (
        {
            **MOD,
            "x.go": 'package main; import "fmt"; import /* c */ (\n`os`\n)\n'
            'import "example.com/app/v2/dom"\nvar a = `import "x"`\n',
        },
        ["1 =fmt runtime", "2 =os runtime", "4 dom/b.go runtime"],
    ),
    "another package of the tree that is not there": (
        {**MOD, "x.go": 'package main\nimport "example.com/app/v2/gone"\n'},
        ["2 ?no package example.com/app/v2/gone runtime"],
    ),
}  # fmt: skip

RUST: dict[str, Row] = {
    "a tree of uses": (
        {**SHOP, "src/x.rs": "use crate::{a, a::c, d::{self, e}};\n"},
        ["1 src/a.rs runtime", "1 src/a.rs runtime", "1 src/d/mod.rs runtime",
         "1 src/d/e.rs runtime"],
    ),
    "super and self by module": (
        {**SHOP, "src/d/e.rs": "use super::x;\nmod m {\n    use super::super::super::a;\n"
         "    use self::y;\n}\n", "src/x.rs": ""},
        ["1 src/d/mod.rs runtime", "3 src/a.rs runtime"],
    ),
    "declarations": (
        {**SHOP, "src/lib.rs": 'mod a;\n#[path = "d/e.rs"]\nmod q;\n'},
        ["1 src/a.rs containment", "3 src/d/e.rs containment"],
    ),
    "inline paths": (
        {**SHOP, "src/x.rs": "#[derive(crate::a::D)]\nstruct S(crate::d::T);\n"
         "fn f() { crate::adapters::db::X::new(); }\n"},
        ["1 src/a.rs runtime", "2 src/d/mod.rs runtime", "3 src/adapters/db.rs runtime"],
    ),
    "inside macro calls": (
        {**SHOP, "src/x.rs": 'fn f() { vec![crate::a::b()]; println!("{}", crate::d::e::g()); }\n'},
        ["1 src/a.rs runtime", "1 src/d/e.rs runtime"],
    ),
    "re-exports and globs": (
        {**SHOP, "src/x.rs": "pub use crate::a::Y;\npub(crate) use crate::d::*;\n"},
        ["1 src/a.rs re-export", "2 src/d/mod.rs re-export"],
    ),
    "a crate of the workspace": (
        {
            **SHOP,
            "kit/Cargo.toml": '[package]\nname = "our-kit"\n',
            "kit/src/lib.rs": "",
            "Cargo.toml": CARGO + '[dependencies]\nk = {path = "kit", package = "our-kit"}\n',
            "src/x.rs": "use our_kit::z;\nuse k::z;\nuse serde::De;\n",
        },
        ["1 kit/src/lib.rs runtime", "2 kit/src/lib.rs runtime", "3 =serde runtime"],
    ),
    "extern crate and the 2015 edition": (
        {**SHOP, "Cargo.toml": '[package]\nname = "shop"\n',
         "src/x.rs": "extern crate serde;\nuse a::T;\n"},
        ["1 =serde runtime", "2 src/a.rs runtime"],
    ),
    "tests": (
        {**SHOP, "src/x.rs": "#[cfg(test)]\nmod tests {\n    use crate::adapters::db;\n}\n"
         '#[cfg(feature = "f")]\nuse crate::a;\n'},
        ["3 src/adapters/db.rs test", "6 src/a.rs optional"],
    ),
    "text that is no path": (
        {**SHOP, "src/x.rs": '/// use crate::a;\n/* /* use crate::a; */ */\nconst S: &str = '
         'r#"use crate::a;"#;\nfn f<\'a>(c: char) -> bool { c == \'"\' }\nconst T: &str = '
         '"crate::a";\n'},
        [],
    ),
    "macro_rules": (
        {**SHOP, "src/x.rs": "macro_rules! m { () => { $crate::a::f() } }\n"},
        ["1 src/a.rs runtime"],
    ),
}  # fmt: skip
_LOOKED_AT = {"super and self by module": "src/d/e.rs", "declarations": "src/lib.rs"}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("row", GO)
def test_go(row: str, engine: str) -> None:
    files, expected = GO[row]
    assert expected == said(graph_of(files, engine), "x.go")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("row", RUST)
def test_rust(row: str, engine: str) -> None:
    files, expected = RUST[row]
    assert expected == said(graph_of(files, engine), _LOOKED_AT.get(row, "src/x.rs"))


@pytest.mark.parametrize("engine", ENGINES)
def test_code_that_rust_takes_in_is_told_and_not_looked_at(engine: str) -> None:
    text = 'use crate::a;\nconst S: &str = include_str!("s");\ninclude!("b.rs");\n'
    graph = graph_of({**SHOP, "src/x.rs": text}, engine)
    noted = [(graph.paths[n], graph.lines[r], graph.text(r)) for n, r in graph.marked(PROBLEM)]
    assert noted == [("src/x.rs", 3, "include! takes in code that is not looked at")]


def test_go_internal_packages_are_a_rule_of_their_own() -> None:
    files = {
        "go.mod": "module m\n",
        "a/internal/x/x.go": "package x\n",
        "a/ok.go": 'package a\nimport "m/a/internal/x"\n',
        "b/bad.go": 'package b\nimport "m/a/internal/x"\n',
    }
    found = judge(Settings(), graph_of(files), {}, "2027-01-01").findings
    assert [(f.rule, f.path, f.line) for f in found] == [("HX008", "b/bad.go", 2)]


def test_go_test_files_are_tests_and_vendored_ones_are_left_out() -> None:
    files = {
        "go.mod": "module m\n",
        "a/a.go": "package a\n",
        "a/a_test.go": "package a\n",
        "vendor/v/v.go": "package v\n",
        "a/testdata/t.go": "package t\n",
    }
    graph = graph_of(files)
    assert dict(zip(graph.paths, graph.tests, strict=True)) == {"a/a.go": 0, "a/a_test.go": 1}
