"""The Java, Kotlin and C# rows of the accuracy table, by both engines."""

from collections.abc import Mapping

import pytest
from fakes.trees import ENGINES, graph_of, said

JAVA: Mapping[str, str] = {
    "src/db/Db.java": "package com.acme.db;\npublic class Db { class Inner {} }\n",
    "src/any/Where.kt": "package com.acme.kit\n\nclass One\nobject Two\nfun helper(): Int = 1\n"
    "typealias Three = One\n",
}
ROWS: dict[str, tuple[Mapping[str, str], str, list[str]]] = {
    "Java imports": (
        {
            **JAVA,
            "x/X.java": "package com.acme.dom;\nimport com.acme.db.Db;\n"
            "import static com.acme.db.Db.Inner;\nimport com.acme.db.*;\nimport java.util.List;\n"
            'class X { String s = "import com.acme.db.Db;"; /* import com.acme.db.Db; */ }\n',
        },
        "x/X.java",
        [
            "2 src/db/Db.java runtime",
            "3 src/db/Db.java runtime",
            "4 src/db/Db.java runtime",
            "5 =java.util runtime",
        ],
    ),
    "a name written out in full": (
        {
            **JAVA,
            "x/X.java": "package com.acme.dom;\nclass X {\n  com.acme.db.Db db;\n"
            "  Object o = new com.acme.db.Db();\n  int n = this.a.b.C;\n}\n",
        },
        "x/X.java",
        ["3 src/db/Db.java runtime", "4 src/db/Db.java runtime"],
    ),
    "a class that is not in its package": (
        {**JAVA, "x/X.java": "package q;\nimport com.acme.db.Gone;\nclass X {}\n"},
        "x/X.java",
        ["2 ?no Gone in com.acme.db runtime"],
    ),
    "Kotlin names by declaration": (
        {
            **JAVA,
            "x/x.kt": "package com.acme.dom\n\nimport com.acme.kit.One as Uno\n"
            "import com.acme.kit.helper\nimport com.acme.kit.Three\nimport com.acme.db.Db\n\n"
            "class X\n",
        },
        "x/x.kt",
        [
            "3 src/any/Where.kt runtime",
            "4 src/any/Where.kt runtime",
            "5 src/any/Where.kt runtime",
            "6 src/db/Db.java runtime",
        ],
    ),
    "C# by namespace": (
        {
            "a/Db.cs": "namespace Acme.Db;\npublic class Db {}\npublic class Pool {}\n",
            "x/X.cs": "using Acme.Db;\nusing static Acme.Db.Pool;\nusing D = Acme.Db.Db;\n"
            "global using System.Linq;\nnamespace Acme.Dom {\n  using Acme.Db;\n  class X {\n"
            "    void M() { using (var a = F()) { } using var b = F(); }\n"
            '    Acme.Db.Db d; string s = "using Acme.Db;"; // using Acme.Db;\n  }\n}\n',
        },
        "x/X.cs",
        [
            "1 a/Db.cs runtime",
            "2 a/Db.cs runtime",
            "3 a/Db.cs runtime",
            "4 =System.Linq runtime",
            "6 a/Db.cs runtime",
            "9 a/Db.cs runtime",
        ],
    ),
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("row", ROWS)
def test_the_edge_line_and_kind_are_as_the_table_says(row: str, engine: str) -> None:
    files, path, expected = ROWS[row]
    assert expected == said(graph_of(files, engine), path)


def test_modules_are_called_by_what_their_file_declares() -> None:
    graph = graph_of(JAVA)
    assert dict(zip(graph.paths, graph.modules, strict=True)) == {
        "src/any/Where.kt": "com.acme.kit.Where",
        "src/db/Db.java": "com.acme.db.Db",
    }
