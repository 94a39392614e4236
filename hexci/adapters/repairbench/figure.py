"""The result of a repair benchmark as a drawing, by hand: one bar a half, one colour an end."""

from collections.abc import Sequence
from dataclasses import dataclass

_WIDTH, _BAR, _LEFT = 640, 34, 150
_COLOURS = (
    ("right", "#2e7d32"),
    ("wrong", "#c62828"),
    ("abstained", "#f9a825"),
    ("none", "#b0bec5"),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One half of the cases: how many ended each way."""

    title: str
    counts: tuple[int, int, int, int]


def draw(bars: Sequence[Bar]) -> str:
    """An SVG document. Counts are committed right, committed wrong, abstained, none found."""
    height = 60 + (_BAR + 14) * len(bars)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}">',
        "<style>text { font: 13px sans-serif }</style>",
        f'<rect width="{_WIDTH}" height="{height}" fill="white"/>',
    ]
    for at, (name, colour) in enumerate(_COLOURS):
        x = _LEFT + at * 110
        parts.append(f'<rect x="{x}" y="12" width="12" height="12" fill="{colour}"/>')
        parts.append(f'<text x="{x + 17}" y="23">{name}</text>')
    for at, bar in enumerate(bars):
        parts += _bar(bar, 42 + at * (_BAR + 14))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _bar(bar: Bar, y: int) -> list[str]:
    parts = [f'<text x="8" y="{y + 22}">{bar.title}</text>']
    total = max(1, sum(bar.counts))
    x = float(_LEFT)
    for count, (_, colour) in zip(bar.counts, _COLOURS, strict=True):
        if not count:
            continue
        width = (_WIDTH - _LEFT - 16) * count / total
        parts.append(
            f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{_BAR}" fill="{colour}"/>'
        )
        parts.append(f'<text x="{x + 6:.1f}" y="{y + 22}" fill="white">{count}</text>')
        x += width
    return parts
