"""The Python rows of the accuracy table: the expected target, line and kind, by both engines."""

from collections.abc import Mapping

import pytest
from fakes.trees import ENGINES, graph_of, said

PKG = {"pkg/__init__.py": "", "pkg/a.py": "", "pkg/b.py": ""}

ROWS: dict[str, tuple[Mapping[str, str | bytes], list[str]]] = {
    "a module by from . import": ({**PKG, "pkg/x.py": "from . import a\n"}, ["1 pkg/a.py runtime"]),
    "an attribute by from . import": (
        {**PKG, "pkg/x.py": "from . import VERSION\n"},
        ["1 pkg/__init__.py runtime"],
    ),
    "a re-exported name": (
        {**PKG, "pkg/x.py": "from pkg import Thing\n"},
        ["1 pkg/__init__.py runtime"],
    ),
    "a name that is submodule and attribute": (
        {"pkg/__init__.py": "a = 1\n", "pkg/a.py": "", "x.py": "from pkg import a\n"},
        ["1 pkg/a.py runtime"],
    ),
    "aliases and star": (
        {
            "a/__init__.py": "",
            "a/b/__init__.py": "",
            "a/b/c.py": "",
            "x.py": "from a.b import c as d\nimport a.b.c as z\nfrom a.b import *\n",
        },
        ["1 a/b/c.py runtime", "2 a/b/c.py runtime", "3 a/b/__init__.py runtime"],
    ),
    "relative import without __init__": (
        {"pkg/a.py": "", "pkg/sub/x.py": "from .. import a\nfrom ..a import T\n"},
        ["1 pkg/a.py runtime", "2 pkg/a.py runtime"],
    ),
    "own sibling below folders without __init__": (
        {
            "bitbucket/service/__init__.py": "from .base import S\n",
            "bitbucket/service/base.py": "",
            "azure_devops/service/__init__.py": "",
            "azure_devops/service/base.py": "",
        },
        ["1 bitbucket/service/base.py runtime"],
    ),
    "another distribution below the same prefix": (
        {"openhands/core/x.py": "from openhands.sdk import X\n", "openhands/core/y.py": ""},
        ["1 =openhands.sdk runtime"],
    ),
    "a module that is not there": (
        {**PKG, "x.py": "import pkg.nothere\nfrom pkg.gone import y\n"},
        [
            "1 pkg/__init__.py runtime",
            "1 ?no module pkg.nothere runtime",
            "2 pkg/__init__.py runtime",
            "2 ?no module pkg.gone runtime",
        ],
    ),
    "type checking": (
        {
            **PKG,
            "pkg/x.py": "import typing as t\nif TYPE_CHECKING:\n    from . import a\n"
            "if typing.TYPE_CHECKING:\n    from . import a\n"
            "if t.TYPE_CHECKING:\n    from . import b\nelse:\n    from pkg import a\n"
            "if not TYPE_CHECKING:\n    from . import b\nelse:\n    from . import b\n",
        },
        [
            "1 =typing runtime",
            "3 pkg/a.py type-only",
            "5 pkg/a.py type-only",
            "7 pkg/b.py type-only",
            "9 pkg/a.py runtime",
            "11 pkg/b.py runtime",
            "13 pkg/b.py type-only",
        ],
    ),
    "optional": (
        {
            **PKG,
            "x.py": "try:\n    import pkg.a\nexcept ImportError:\n    import pkg.b\n"
            "try:\n    import pkg.a\nfinally:\n    pass\n",
        },
        ["2 pkg/a.py optional", "4 pkg/b.py optional", "6 pkg/a.py runtime"],
    ),
    "in a function": (
        {**PKG, "x.py": "def f(\n    a,\n):\n    '''doc\nif x:\n'''\n    import pkg.a\n"},
        ["7 pkg/a.py lazy"],
    ),
    "in several functions under one header": (
        {
            **PKG,
            "x.py": "try:\n    class A:\n        def f(\n            x,\n        ):\n"
            "            import pkg.a\n\f\n            import pkg.b\n"
            "        def g():\n            if x:\n                import pkg.a\n"
            "            import pkg.b\n        import pkg.a\nexcept E:\n    import pkg.b\n"
            "class B:\n    def f():\n        import pkg.a\n",
        },
        [
            "6 pkg/a.py lazy,optional",
            "8 pkg/b.py lazy,optional",
            "11 pkg/a.py lazy,optional",
            "12 pkg/b.py lazy,optional",
            "13 pkg/a.py optional",
            "15 pkg/b.py optional",
            "18 pkg/a.py lazy",
        ],
    ),
    "after a semicolon or a colon": (
        {**PKG, "x.py": "import os; import pkg.a\nif os: from pkg import b\n"},
        ["1 =os runtime", "1 pkg/a.py runtime", "2 pkg/b.py runtime"],
    ),
    "continued lines and comments between parentheses": (
        {
            **PKG,
            "x.py": "from pkg \\\n    import a\nfrom pkg import (  # import ) x\n    b,  # (\n)\n",
        },
        ["1 pkg/a.py runtime", "3 pkg/b.py runtime"],
    ),
    "text that is no import": (
        {
            **PKG,
            "x.py": '"""\nimport pkg.a\n"""\nx = f"""\nfrom pkg import b\n{x}"""\n'
            "# import pkg.a\ny = 'a\\\nimport pkg.b'\n",
        },
        [],
    ),
    "dynamic imports": (
        {
            "pk/__init__.py": "",
            "pk/db.py": "",
            "pk/a.py": "",
            "pk/x/__init__.py": "",
            "pk/x/db.py": "",
            "x.py": 'import importlib\nimportlib.import_module("pk.db")\n__import__("pk.a")\n'
            'importlib.import_module(".db", package="pk.x")\n# import_module("pk.a")\n',
        },
        ["1 =importlib runtime", "2 pk/db.py dynamic", "3 pk/a.py dynamic", "4 pk/x/db.py dynamic"],
    ),
    "PEP 810": ({**PKG, "x.py": "lazy import pkg.a\n"}, ["1 pkg/a.py lazy"]),
    "a module named like one of the standard library": (
        {"pk/__init__.py": "", "pk/typing.py": "", "pk/x.py": "import typing\n"},
        ["1 =typing runtime"],
    ),
    "latin-1 with a cookie": (
        {**PKG, "x.py": "# -*- coding: latin-1 -*-\n# \u00e9\nimport pkg.a\n".encode("latin-1")},
        ["3 pkg/a.py runtime"],
    ),
    "byte order mark, CRLF and no final line end": (
        {**PKG, "x.py": b"\xef\xbb\xbfimport pkg.a\r\nimport pkg.b"},
        ["1 pkg/a.py runtime", "2 pkg/b.py runtime"],
    ),
    "above the top": (
        {**PKG, "pkg/x.py": "from ... import a\n"},
        ["1 ?... leaves the top package runtime"],
    ),
    "a stub beside its module": (
        {**PKG, "pkg/a.pyi": "from pkg import b\n"},
        ["1 pkg/b.py type-only"],
    ),
    "a stub only": (
        {"pkg/__init__.py": "", "pkg/c.pyi": "", "x.py": "import pkg.c\n"},
        ["1 pkg/c.pyi runtime"],
    ),
    "attribute use after import": (
        {"pk/__init__.py": "", "pk/db.py": "", "x.py": "import pk\npk.db.x\n"},
        ["1 pk/__init__.py runtime"],
    ),
    "itself": ({**PKG, "pkg/x.py": "from . import x\nimport pkg.x\n"}, []),
    "src layout": (
        {"src/shop/__init__.py": "", "src/shop/a.py": "", "tests/t.py": "import shop.a\n"},
        ["1 src/shop/a.py runtime"],
    ),
    "a script beside its module": (
        {"scripts/one.py": "", "scripts/x.py": "import one\nimport yaml\n"},
        ["1 scripts/one.py runtime", "2 =yaml runtime"],
    ),
    "a package below a folder that is none": (
        {"libs/foo/__init__.py": "", "libs/foo/a.py": "", "x.py": "import foo.a\n"},
        ["1 libs/foo/a.py runtime"],
    ),
    "several distributions of one namespace": (
        {
            "one/pyproject.toml": "",
            "one/src/acme/a.py": "from acme import b\n",
            "two/pyproject.toml": "",
            "two/src/acme/b.py": "",
        },
        ["1 two/src/acme/b.py runtime"],
    ),
}
# which file of a row is looked at, where it is not the one with imports in it
_LOOKED_AT = {"a stub beside its module": "pkg/a.pyi"}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("row", ROWS)
def test_the_edge_line_and_kind_are_as_the_table_says(row: str, engine: str) -> None:
    files, expected = ROWS[row]
    asking = [path for path, text in files.items() if "import" in str(text)]
    path = _LOOKED_AT.get(row) or asking[0]
    assert expected == said(graph_of(files, engine), path)


def test_a_python_2_file_keeps_its_edges_and_is_told_of() -> None:
    files = {"pkg/__init__.py": "", "pkg/a.py": "", "x.py": 'import pkg.a\nprint "x"\n'}
    assert said(graph_of(files), "x.py") == [
        "1 pkg/a.py runtime",
        "2 !this is Python 2: read as far as possible",
    ]


def test_vendored_and_generated_files_are_left_out() -> None:
    files = {"a.py": "", "_vendor/b.py": "", "x/site-packages/c.py": "", "p/m_pb2.py": ""}
    assert graph_of(files).paths == ["a.py"]
