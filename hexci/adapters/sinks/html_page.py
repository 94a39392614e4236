"""One self-contained HTML page: layers, imports between them, hot spots, findings.

No script and nothing fetched: it can be opened from an artifact and mailed around.
"""

from html import escape

from hexci.adapters.sinks.text import place
from hexci.domain.boundaries.picture import Picture
from hexci.domain.finding import Finding, Report

_STYLE = """
:root { color-scheme: light dark; --line: #8c959f; --bad: #d1242f; --box: #ddf4ff; --ink: #1f2328 }
@media (prefers-color-scheme: dark) { :root { --box: #0d2d4d; --ink: #e6edf3; --bad: #ff7b72 } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); max-width: 70rem; margin: 2rem auto;
  padding: 0 1rem }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 2rem }
th, td { border-bottom: 1px solid var(--line); padding: .3rem .6rem; text-align: left;
  vertical-align: top; overflow-wrap: anywhere }
td.n, th.n { text-align: right; white-space: nowrap } .bad { color: var(--bad); font-weight: 600 }
code { font-family: ui-monospace, monospace; font-size: 90% }
svg { width: 100%; height: auto } svg text { fill: var(--ink); font: 13px system-ui, sans-serif }
rect { fill: var(--box); stroke: var(--line) } path { fill: none; stroke: var(--line) }
path.broken { stroke: var(--bad) }
path.tip { fill: var(--line); stroke: none } path.wrong { fill: var(--bad); stroke: none }
dt { float: left; width: 7rem; font-weight: 600 }
dd { margin: 0 0 .2rem 7rem } pre { margin: .2rem 0; white-space: pre-wrap }
"""
# of one size for all arrows: a head as wide as a thick line would cover its box
_TIPS = "<defs>{}</defs>".format(
    "".join(
        f'<marker id="{name}" viewBox="0 0 8 8" refX="8" refY="4" markerUnits="userSpaceOnUse" '
        f'markerWidth="11" markerHeight="11" orient="auto"><path class="{name}" d="M0 0 8 4 0 8z"/>'
        "</marker>"
        for name in ("tip", "wrong")
    )
)
_HEIGHT, _GAP, _WIDTH, _LEFT = 34, 26, 300, 330


def page(picture: Picture, report: Report) -> str:
    """The page."""
    facts = "".join(f"<dt>{escape(n)}</dt><dd>{escape(v)}</dd>" for n, v in report.facts)
    counted = len(report.findings)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>Boundaries</title><style>{_STYLE}</style></head><body>\n"
        f"<h1>Boundaries</h1><dl>{facts}</dl>\n"
        f"<h2>Layers</h2>\n{_svg(picture)}\n"
        f"<h2>Imports between them</h2>\n{_arrows(picture)}\n"
        f"<h2>Hot spots</h2>\n{_spots(picture)}\n"
        f"<h2>Findings ({counted})</h2>\n{_findings(report)}\n</body></html>\n"
    )


def _svg(picture: Picture) -> str:
    """Boxes from the top layer down; arrows that go down bend left, those that go up right."""
    level = {name: number for number, (name, _) in enumerate(picture.boxes)}
    drawn = sorted(picture.arrows, key=lambda arrow: arrow.broken > 0)  # those on top
    height = len(picture.boxes) * (_HEIGHT + _GAP) + _GAP
    parts = [
        f'<svg viewBox="0 0 960 {height}" role="img" aria-label="Layers and imports">',
        _TIPS,
        *(_curve(level[a.source], level[a.target], a.imports, a.broken) for a in drawn),
    ]
    for name, count in picture.boxes:
        top = _top(level[name])
        parts.append(
            f'<rect x="{_LEFT}" y="{top}" width="{_WIDTH}" height="{_HEIGHT}" rx="6"/>'
            f'<text x="{_LEFT + _WIDTH // 2}" y="{top + 22}" text-anchor="middle">'
            f"{escape(name)} ({count})</text>"
        )
    return "".join([*parts, "</svg>"])


def _top(level: int) -> int:
    return _GAP + level * (_HEIGHT + _GAP)


def _curve(source: int, target: int, imports: int, broken: int) -> str:
    down = target > source
    edge = _LEFT if down else _LEFT + _WIDTH
    reach = min(300, 40 + 34 * abs(target - source))
    bend = edge - reach if down else edge + reach
    start, end = _top(source) + _HEIGHT * 2 // 3, _top(target) + _HEIGHT // 3
    kind, tip = (' class="broken"', "wrong") if broken else ("", "tip")
    width = min(6.0, 1 + imports / 40)
    said = f"{imports} imports, {broken} broken" if broken else f"{imports} imports"
    return (
        f'<path{kind} d="M{edge} {start}C{bend} {start} {bend} {end} {edge} {end}" '
        f'stroke-width="{width:.1f}" marker-end="url(#{tip})"><title>{said}</title></path>'
    )


def _arrows(picture: Picture) -> str:
    rows = "".join(
        f"<tr><td>{escape(a.source)}</td><td>{escape(a.target)}</td>"
        f'<td class="n">{a.imports}</td><td class="n{" bad" if a.broken else ""}">{a.broken}</td>'
        "</tr>"
        for a in picture.arrows
    )
    head = '<th>from</th><th>to</th><th class="n">imports</th><th class="n">broken</th>'
    return f"<table><tr>{head}</tr>{rows}</table>"


def _spots(picture: Picture) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(s.module)}</code><br>{escape(s.path)}</td>"
        f'<td class="n">{s.imported_by}</td><td class="n">{s.imports}</td>'
        f'<td class="n{" bad" if s.broken else ""}">{s.broken}</td></tr>'
        for s in picture.spots
    )
    head = (
        '<th>module</th><th class="n">imported by</th><th class="n">imports</th>'
        '<th class="n">broken</th>'
    )
    return f"<table><tr>{head}</tr>{rows}</table>"


def _findings(report: Report) -> str:
    if not report.findings:
        return "<p>None.</p>"
    head = "<th>where</th><th>rule</th><th>what</th>"
    return f"<table><tr>{head}</tr>{''.join(_row(f) for f in report.findings)}</table>"


def _row(finding: Finding) -> str:
    fix = f"<pre>{escape(finding.fix)}</pre>" if finding.fix else ""
    return (
        f"<tr><td><code>{escape(place(finding))}</code></td>"
        f"<td>{escape(finding.rule)}<br>{escape(finding.severity)}</td>"
        f"<td>{escape(finding.message)}{fix}</td></tr>"
    )
