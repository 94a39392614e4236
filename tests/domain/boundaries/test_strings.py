"""Strings that name modules count where the config says so, and only if they lead somewhere."""

import pytest
from fakes.trees import ENGINES, graph_of, said

from hexci.domain.boundaries.settings import Settings

FILES = {
    "shop/__init__.py": "",
    "shop/db.py": "",
    "shop/settings.py": (
        "import os\nAPPS = ['shop.db', \"shop.db.Session\", 'shop.db:connect', 'os.path', 'a b']\n"
    ),
    "web/a.test.ts": (
        'import x from "./x"\njest.mock("./b")\nrequire.resolve("../web/b")\n'
        'const u = new URL("./c", import.meta.url)\n'
    ),
    "web/b.ts": "",
    "web/x.ts": "",
}
SETTINGS = Settings(strings=("**/settings.py", "web/*.test.ts"))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_string_leads_to_the_file_it_names(engine: str) -> None:
    graph = graph_of(FILES, engine, SETTINGS)
    assert said(graph, "shop/settings.py") == [
        "1 =os runtime",
        *["2 shop/db.py dynamic,string"] * 3,
    ]
    assert said(graph, "web/a.test.ts") == [
        "1 web/x.ts runtime",
        "2 web/b.ts dynamic,string",
        "3 web/b.ts dynamic,string",
    ]


def test_a_string_is_a_string_where_the_config_says_nothing() -> None:
    graph = graph_of(FILES)
    assert said(graph, "shop/settings.py") == ["1 =os runtime"]
    assert said(graph, "web/a.test.ts") == ["1 web/x.ts runtime"]
