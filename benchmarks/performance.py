"""docs/performance.md, written from the lines that the benchmarks have kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import fill

from benchmarks.parts import PARTS, Part
from benchmarks.result import Aim, Result, kept

FILE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
HEAD = """# Performance

Written by `python -m benchmarks`; not by hand. Each line was measured beside its peer in the same run, in turn, so that
a machine that slows down slows both: read the ratios first. Figures are medians over the rounds, ratios are medians of
the ratios taken round by round.

```sh
.venv/bin/python -m benchmarks                                 # every part; under ten minutes on two idle cores
.venv/bin/python -m benchmarks pages sessions                  # some parts; the others keep their lines
.venv/bin/python -m benchmarks cube views --sizes 100000000    # other sizes, added to the lines that are there
.venv/bin/python -m benchmarks call --seconds 600              # a learning call of ten minutes
.venv/bin/python -m benchmarks hostile --seconds 600           # half an hour; needs 4 GB of memory and of disk
```
"""
COLUMNS = ("What", "Size", "Ours", "Peer", "Peer's", "Ratio", "Rounds", "Aim", "Met")
WIDTH = 120
BUSY = 0.5  # other processes a core that wanted to run when a part began: from here on the page says so


def write() -> None:
    """Write the page anew."""
    FILE.write_text(page({name: kept(name) for name in PARTS}), encoding="utf-8")


def page(measured: Mapping[str, Sequence[Result]]) -> str:
    """The page's text: a section a part, those never measured left out."""
    return "\n".join([HEAD, *(_section(PARTS[name], lines) for name, lines in measured.items() if lines)])


def _section(part: Part, lines: Sequence[Result]) -> str:
    rows = [COLUMNS, ("---",) * len(COLUMNS), *map(_row, lines)]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    limits = f"**What limits it.** {part.limited_by}"
    parts = [f"## {part.title}", fill(part.about, WIDTH), table, fill(limits, WIDTH), _taken(lines)]
    return "\n\n".join(parts) + "\n"


def _row(line: Result) -> tuple[str, ...]:
    return (
        line.what,
        line.size,
        _figure(line.ours, line.unit),
        line.peer,
        "" if line.theirs is None else _figure(line.theirs, line.unit),
        _ratio(line),
        str(line.rounds or ""),
        "; ".join(_aim(aim, line) for aim in line.aims),
        "; ".join("yes" if line.meets(aim) else "**no**" for aim in line.aims),
    )


def _figure(value: float, unit: str) -> str:
    return f"{_digits(value)} {unit}"


def _ratio(line: Result) -> str:
    if line.ratio is None:
        return ""
    words = "× faster" if line.reading == "peer ÷ ours" else "× the peer"
    return f"{_digits(line.ratio)}{words}"


def _aim(aim: Aim, line: Result) -> str:
    sign = "≤" if aim.is_at == "most" else "≥"
    unit = f" {line.unit}" if aim.of == "ours" else "×"
    return f"{sign} {aim.limit:g}{unit}"


def _digits(value: float) -> str:
    """Three digits that count: 0.0123, 1.23, 12.3, 123, 1,230."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.2g}"


def _taken(lines: Sequence[Result]) -> str:
    """When and on what the lines were measured, and what else was going on."""
    sentences = []
    for machine in dict.fromkeys(line.taken[1] for line in lines):
        days = sorted({line.taken[0] for line in lines if line.taken[1] == machine})
        sentences.append(f"Measured on {' and '.join(days)}: {machine}.")
    loads = [line.taken[2] for line in lines]
    cores = int(lines[0].taken[1].split()[0])
    if max(loads) > BUSY * cores:
        sentences.append(f"Other work was running: up to {max(loads):g} processes wanted the {cores} cores.")
    return " ".join(sentences)


def spoken(line: Result) -> str:
    """A line of the table for a terminal."""
    what, size, ours, peer, theirs, ratio, _, aim, met = _row(line)
    beside = f"; {peer} {theirs}; {ratio}" if peer else ""
    return f"{what} ({size}): {ours}{beside}" + (f"; aim {aim}: {met.replace('*', '')}" if aim else "")
