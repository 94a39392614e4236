"""How decisions hang together, as Mermaid and as DOT."""

from collections.abc import Iterable, Iterator

from hexci.domain.ledger.record import Record


def mermaid(records: Iterable[Record]) -> str:
    """A Mermaid flowchart: an arrow from each record to what it supersedes or amends."""
    ordered = sorted(records, key=lambda r: r.path)
    names = {record.id: f"r{number}" for number, record in enumerate(ordered)}
    lines = ["flowchart LR"]
    for record in ordered:
        label = f"{_in_mermaid(record.title)}<br>{_in_mermaid(record.id)}"
        lines.append(f'  {names[record.id]}["{label}"]:::{record.status}')
    lines += [f"  {names[a]} {_ARROWS[kind]} {names[b]}" for a, kind, b in _edges(ordered, names)]
    lines += [f"  classDef {status} {style}" for status, style in _STYLES.items()]
    return "\n".join(lines) + "\n"


def dot(records: Iterable[Record]) -> str:
    """A DOT digraph of the same edges."""
    ordered = sorted(records, key=lambda r: r.path)
    names = {record.id: record.id for record in ordered}
    lines = ["digraph decisions {", "  rankdir=LR;", "  node [shape=box];"]
    for record in ordered:
        label = f"{record.title}\n{record.id} ({record.status})"
        lines.append(f"  {_in_dot(record.id)} [label={_in_dot(label)}];")
    for a, kind, b in _edges(ordered, names):
        lines.append(f"  {_in_dot(a)} -> {_in_dot(b)} [label={kind}];")
    return "\n".join([*lines, "}"]) + "\n"


_ARROWS = {"supersedes": "-->|supersedes|", "amends": "-.->|amends|"}
_STYLES = {
    "proposed": "stroke-dasharray:4",
    "accepted": "stroke:#1a7f37",
    "completed": "stroke:#1a7f37,stroke-width:2px",
    "rejected": "opacity:0.5",
    "abandoned": "opacity:0.5",
    "superseded": "opacity:0.5",
    "deprecated": "opacity:0.5",
}


def _edges(records: Iterable[Record], known: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    for record in records:
        for kind in _ARROWS:
            for other in record.items(kind):
                if other in known:
                    yield record.id, kind, other


def _in_mermaid(text: str) -> str:
    return "".join(c if c.isalnum() or c in " .,-_" else f"#{ord(c)};" for c in text)


def _in_dot(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
