from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from hexci.adapters.sinks.picture import render_picture
from hexci.adapters.sinks.text import render
from hexci.domain.boundaries.picture import Arrow, HotSpot, Picture
from hexci.domain.finding import Finding, Report, Severity

PICTURE = Picture(
    (("api <b>", 2), ('db"#', 1)),
    (Arrow("api <b>", 'db"#', 3, 0), Arrow('db"#', "api <b>", 1, 1)),
    (HotSpot("a.<x>", "a/x.py", 4, 2, 1),),
)
FINDING = Finding("HX001", Severity.ERROR, "a/x.py", 3, 1, "db may not | import <api>", fix="Do.")
REPORT = Report.of("analyze", [FINDING], [("grade", "B")])


class _Balanced(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.scripts += tag in {"script", "link", "img"}
        if tag not in {"meta", "br", "rect", "path"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"rect", "path"}:
            return
        assert self.open.pop() == tag


def lines(format_name: str) -> Iterator[str]:
    return iter(render_picture(PICTURE, REPORT, format_name).splitlines())


def test_mermaid_escapes_names_and_marks_what_is_broken() -> None:
    assert list(lines("mermaid")) == [
        "flowchart TD",
        '  n0["api &lt;b&gt;<br/>2"]',
        '  n1["db&quot;&num;<br/>1"]',
        '  n0 -->|"3"| n1',
        '  n1 -->|"1, 1 broken"| n0',
        "  linkStyle 1 stroke:#d1242f,stroke-width:3px",
    ]


def test_dot_quotes_names() -> None:
    assert '  "db\\"#" -> "api <b>" [label="1", color=red, penwidth=2];' in lines("dot")


def test_the_page_is_whole_escaped_and_fetches_nothing() -> None:
    text = render_picture(PICTURE, REPORT, "html")
    page = _Balanced()
    page.feed(text)
    assert (page.open, page.scripts) == ([], 0)
    assert "<api>" not in text
    assert "db may not | import &lt;api&gt;" in text


def test_the_summary_has_the_picture_and_the_findings() -> None:
    text = render_picture(PICTURE, REPORT, "summary")
    assert "```mermaid\nflowchart TD\n" in text
    assert "| `a/x.py:3:1` | HX001 | `db may not ¦ import &lt;api>` |" in text


@pytest.mark.parametrize(("notes", "last"), [(20, "note"), (21, "and 1 more notes; ")])
def test_text_shows_a_limited_number_of_notes(notes: int, last: str) -> None:
    found = [Finding("HX030", Severity.NOTE, "a.py", n, 1, f"n{n}") for n in range(1, notes + 1)]
    assert render(Report.of("analyze", found)).splitlines()[-2].find(last) >= 0
