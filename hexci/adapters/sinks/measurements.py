"""Measurements for a person and for a program."""

import json
from collections.abc import Sequence

from hexci.domain.canonical import Json
from hexci.domain.measurement import Paired, Steps, spread

_SHARES = (0.5, 0.9, 0.99)


def as_text(pairs: Sequence[Paired], added: Sequence[float], steps: Sequence[Steps] = ()) -> str:
    """A block a pair: seconds of both, the ratio, the noise of the peer; a line for steps."""
    lines = [line for pair in pairs for line in _block(pair)]
    lines += [
        f"{each.name}, {len(each.seconds)} steps (median / p90 / p99): "
        + " / ".join(f"{1000 * each.quantile(share):.1f}" for share in _SHARES)
        + " ms"
        for each in steps
    ]
    if added:
        lines.append(f"hexci do, without its evidence runs: {_three(added)} s")
    return "\n".join(lines) + "\n"


def as_table(pairs: Sequence[Paired], missing: Sequence[str]) -> str:
    """A Markdown table, one line for each name, peer and unit, and what was not measured."""
    lines = [
        "| what | beside | unit | ours | theirs | ratio (min to max) | noise |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for pair in pairs:
        ours, theirs = spread(pair.ours)[1], spread(pair.theirs)[1]
        least, middle, most = spread(pair.ratios)
        lines.append(
            f"| {pair.name} | {pair.peer} | {pair.unit} | {ours:.3g} | {theirs:.3g} "
            f"| **{middle:.2f}** ({least:.2f} to {most:.2f}) | {pair.noise:.0%} |"
        )
    lines += ["", *(f"Not measured: {reason}" for reason in missing)]
    return "\n".join(lines).rstrip() + "\n"


def as_document(
    pairs: Sequence[Paired],
    added: Sequence[float],
    steps: Sequence[Steps] = (),
    missing: Sequence[str] = (),
) -> str:
    """One JSON document."""
    document: dict[str, Json] = {
        "pairs": [
            {
                "name": pair.name,
                "peer": pair.peer,
                "unit": pair.unit,
                "ours": list(pair.ours),
                "theirs": list(pair.theirs),
                "ratios": list(pair.ratios),
                "noise": pair.noise,
            }
            for pair in pairs
        ],
        "added_seconds": list(added),
        "steps": [
            {
                "name": each.name,
                "count": len(each.seconds),
                "p50": each.quantile(0.5),
                "p90": each.quantile(0.9),
                "p99": each.quantile(0.99),
            }
            for each in steps
        ],
        "not_measured": list(missing),
    }
    return json.dumps(document, indent=2, sort_keys=True) + "\n"


def _block(pair: Paired) -> list[str]:
    return [
        f"{pair.name} beside {pair.peer}, {len(pair.ours)} pairs (min / median / max)",
        f"  ours   {_three(pair.ours)} {pair.unit}",
        f"  theirs {_three(pair.theirs)} {pair.unit}, noise {pair.noise:.0%}",
        f"  ratio  {_three(pair.ratios)}",
    ]


def _three(values: Sequence[float]) -> str:
    return " / ".join(f"{value:.3f}" for value in spread(values))


# way of installing, its cache, seconds until installed and until the line, CPU seconds, the line
StartRow = tuple[str, str, float, float, float, str]


def starts_as_table(rows: Sequence[StartRow]) -> str:
    """A Markdown table of the Action's starts, and what the first useful line was."""
    lines = ["| by | cache | installed | first line | CPU |", "|---|---|---|---|---|"]
    lines += [
        f"| {route} | {cache} | {installed:.1f} s | {told:.1f} s | {cpu:.1f} s |"
        for route, cache, installed, told, cpu, _ in rows
    ]
    return "\n".join([*lines, "", f"The line: {rows[0][-1]}"]) + "\n"


def starts_as_document(rows: Sequence[StartRow]) -> str:
    """One JSON document."""
    names = ("by", "cache", "installed_seconds", "told_seconds", "cpu_seconds", "line")
    starts: list[Json] = [dict(zip(names, row, strict=True)) for row in rows]
    return json.dumps({"starts": starts}, indent=2, ensure_ascii=False) + "\n"
