"""The picture as Mermaid and as DOT. Broken rules are drawn red and thick."""

from hexci.domain.boundaries.picture import Picture
from hexci.domain.finding import Report


def mermaid(picture: Picture, report: Report) -> str:  # noqa: ARG001 - one form for all writers
    """A flowchart that GitHub draws in Markdown."""
    ids = {name: f"n{number}" for number, (name, _) in enumerate(picture.boxes)}
    lines = ["flowchart TD"]
    lines += [f'  {ids[name]}["{_escaped(name)}<br/>{count}"]' for name, count in picture.boxes]
    red = []
    for number, arrow in enumerate(picture.arrows):
        label = f"{arrow.imports}" + (f", {arrow.broken} broken" if arrow.broken else "")
        lines.append(f'  {ids[arrow.source]} -->|"{label}"| {ids[arrow.target]}')
        if arrow.broken:
            red.append(str(number))
    if red:
        lines.append(f"  linkStyle {','.join(red)} stroke:#d1242f,stroke-width:3px")
    return "\n".join(lines) + "\n"


def dot(picture: Picture, report: Report) -> str:  # noqa: ARG001
    """A digraph for Graphviz."""
    lines = ["digraph boundaries {", "  rankdir=TB;", "  node [shape=box];"]
    lines += [f'  {_quoted(name)} [label="{_dot(name)}\\n{n}"];' for name, n in picture.boxes]
    for arrow in picture.arrows:
        colour = ", color=red, penwidth=2" if arrow.broken else ""
        ends = f"{_quoted(arrow.source)} -> {_quoted(arrow.target)}"
        lines.append(f'  {ends} [label="{arrow.imports}"{colour}];')
    return "\n".join([*lines, "}"]) + "\n"


def _escaped(text: str) -> str:
    entities = {"&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;", "#": "&num;"}
    return "".join(entities.get(letter, letter) for letter in text)


def _dot(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _quoted(text: str) -> str:
    return f'"{_dot(text)}"'
