"""The TypeScript and JavaScript rows of the accuracy table, by both engines."""

from collections.abc import Mapping

import pytest
from fakes.trees import ENGINES, graph_of, said

AB = {"a.ts": "", "b.ts": ""}

ROWS: dict[str, tuple[Mapping[str, str | bytes], list[str]]] = {
    "type-only": (
        {
            **AB,
            "x.ts": 'import type {A} from "./a"\nexport type {B} from "./b"\n'
            'import {type T, type U} from "./a"\nimport type Z from "./b"\n',
        },
        ["1 a.ts type-only", "2 b.ts type-only,re-export", "3 a.ts type-only", "4 b.ts type-only"],
    ),
    "mixed": ({**AB, "x.ts": 'import {type T, a} from "./a"\n'}, ["1 a.ts runtime"]),
    "a default called type": ({**AB, "x.ts": 'import type from "./a"\n'}, ["1 a.ts runtime"]),
    "dynamic": (
        {
            **AB,
            "x.ts": 'import("./a")\nimport(/* webpackChunkName: "n" */ "./b")\nimport(`./a`)\n'
            "import(`./${n}`)\n",
        },
        ["1 a.ts dynamic", "2 b.ts dynamic", "3 a.ts dynamic"],
    ),
    "require": (
        {
            **AB,
            "x.js": 'const a = require("./a")\nif (a) { require("./b") }\n'
            'createRequire(import.meta.url)("./a")\n',
        },
        ["1 a.ts runtime", "2 b.ts runtime", "3 a.ts runtime"],
    ),
    "import equals": ({**AB, "x.ts": 'import a = require("./a")\n'}, ["1 a.ts runtime"]),
    "re-exports": (
        {**AB, "x.ts": 'export * from "./a"\nexport * as ns from "./b"\nexport {c} from "./a"\n'},
        ["1 a.ts re-export", "2 b.ts re-export", "3 a.ts re-export"],
    ),
    "barrel": (
        {"lib/index.ts": "", "x.ts": 'import {a} from "./lib"\n'},
        ["1 lib/index.ts runtime"],
    ),
    "imports in types": (
        {**AB, "x.ts": 'type A = typeof import("./a")\nlet b: import("./b").T\n'},
        ["1 a.ts type-only", "2 b.ts type-only"],
    ),
    "tsconfig paths": (
        {
            "src/a.ts": "",
            "tsconfig.json": '{"extends": "@x/none", "compilerOptions": {"paths": { // why\n'
            '"@/*": ["./src/*"], "one": ["src/a.ts"],},},}',
            "x.ts": 'import "@/a"\nimport "one"\n',
        },
        ["1 src/a.ts runtime", "2 src/a.ts runtime"],
    ),
    "baseUrl": (
        {
            "src/a.ts": "",
            "tsconfig.json": '{"compilerOptions": {"baseUrl": "."}}',
            "x.ts": 'import "src/a"\nimport "react/jsx"\n',
        },
        ["1 src/a.ts runtime", "2 =react runtime"],
    ),
    "package imports": (
        {
            "package.json": '{"imports": {"#int/*": "./src/*.js"}}',
            "src/a.ts": "",
            "x.ts": 'import "#int/a"\n',
        },
        ["1 src/a.ts runtime"],
    ),
    "workspace packages": (
        {
            "packages/lib/package.json": '{"name": "@org/lib", "exports": {".": '
            '{"types": "./dist/index.d.ts", "default": "./dist/index.js"}, '
            '"./deep/*": "./dist/deep/*.js"}}',
            "packages/lib/src/index.ts": "",
            "packages/lib/src/deep/a.ts": "",
            "x.ts": 'import "@org/lib"\nimport "@org/lib/deep/a"\nimport "@org/other"\n',
        },
        [
            "1 packages/lib/src/index.ts runtime",
            "2 packages/lib/src/deep/a.ts runtime",
            "3 =@org/other runtime",
        ],
    ),
    "its own name": (
        {
            "package.json": '{"name": "typeorm", "main": "./index.js"}',
            "src/index.ts": "",
            "x.ts": 'import {A} from "typeorm"\n',
        },
        ["1 src/index.ts runtime"],
    ),
    "suffixes": (
        {
            "a.ts": "",
            "m.mts": "",
            "c.cts": "",
            "d.d.ts": "",
            "f/index.tsx": "",
            "x.ts": 'import "./a.js"\nimport "./m.mjs"\nimport "./c.cjs"\n'
            'import "./d"\nimport "./f"\n',
        },
        [
            "1 a.ts runtime",
            "2 m.mts runtime",
            "3 c.cts runtime",
            "4 d.d.ts runtime",
            "5 f/index.tsx runtime",
        ],
    ),
    "text that is no import": (
        {
            **AB,
            "x.tsx": 'import "./b"\nconst t = `import "./a"`\n// import "./a"\n'
            '/* require("./a") */\nconst j = <p>import x from "./a"</p>\n',
        },
        ["1 b.ts runtime"],
    ),
    "reference": (
        {**AB, "x.ts": '/// <reference path="a.ts" />\nlet a = 1\n'},
        ["1 a.ts type-only"],
    ),
    "assets": (
        {"s.css": "", "d.json": "{}", "x.ts": 'import "./s.css"\nimport d from "./d.json"\n'},
        [],
    ),
    "defer and source": (
        {**AB, "x.ts": 'import defer * as a from "./a"\nimport source b from "./b"\n'},
        ["1 a.ts runtime", "2 b.ts runtime"],
    ),
    "vue": (
        {
            **AB,
            "x.vue": '<template>\n<p>import "./b"</p></template>\n<script setup lang="ts">\n'
            'import a from "./a"\n</script>\n',
        },
        ["4 a.ts runtime"],
    ),
    "svelte": (
        {**AB, "x.svelte": '<script>\n  import a from "./a"\n</script>\n'},
        ["2 a.ts runtime"],
    ),
    "astro": ({**AB, "x.astro": '---\nimport a from "./a"\n---\n<p/>\n'}, ["2 a.ts runtime"]),
    "after a regular expression or JSX": (
        {**AB, "x.tsx": 'const r = /import ["\']/\nconst j = <p>it\'s</p>\nimport "./a"\n'},
        ["3 a.ts runtime"],
    ),
    "missing": ({"x.ts": 'import "./gone"\n'}, ["1 ?no file gone runtime"]),
    "builtins": (
        {"x.ts": 'import fs from "node:fs"\nimport p from "path"\n'},
        ["1 =fs runtime", "2 =path runtime"],
    ),
}
# the grammar does not know these proposals yet; the scanner does
_SCAN_ONLY = {"defer and source"}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("row", ROWS)
def test_the_edge_line_and_kind_are_as_the_table_says(row: str, engine: str) -> None:
    if row in _SCAN_ONLY and engine != "scan":
        pytest.skip("not in the grammar")
    files, expected = ROWS[row]
    path = next(path for path in files if path.startswith("x."))
    assert expected == said(graph_of(files, engine), path)
