"""How often pages claim something where there is nothing: null files, through the command line, read as people read.

``python -m benchmarks.null_files`` makes files in which no group differs and nothing changes (eight groups of 90 to
2,400 a month, 36 months, a proportion and a rate; in every second file months take after each other with a correlation
of .5), loads each with ``python -m equity load``, asks what the pages ask, and counts the pages on which a headline
gap, a ranked gap, a word of change or a signal stands. Files with places, ages and years (``null_crossed``) follow, as
many again. It keeps the shares in ``benchmarks/null_files.json``; docs/methods.md cites them.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks import null_crossed
from equity.commands.line import run

RESULTS = Path(__file__).parent / "null_files.json"
SIZES = np.array([2400, 1600, 1200, 800, 400, 240, 160, 90])
GROUPS = [f"Group {letter}" for letter in "ABCDEFGH"]
MONTHS = [f"{2022 + at // 12}-{at % 12 + 1:02d}" for at in range(36)]
CORRELATION = 0.5
CLEAR = ("disparity", "small_certain")
CHANGES = ("closing_by_lifting", "levelling_down", "widening")
MAPPING = """
[extract]
shape = "counts"
[columns]
measure = "measure"
period = "month"
x = "x"
n = "n"
[stratifiers.race]
column = "group"
label = "Group"
[measures."Screened"]
kind = "proportion"
polarity = "higher_better"
[measures."Falls"]
kind = "rate"
polarity = "lower_better"
multiplier = 1000
"""
MEASURES = ("Screened", "Falls")
HEADLINES = (
    ("from the best group of another year", "best", "2024"),
    ("from the best group of the same years", "best", "2022..2024"),
    ("from a named group", "Group A", "2024"),
)


@dataclass
class Counted:
    """Of how many pages of each kind how many claimed something."""

    pages: dict[str, int] = field(default_factory=dict)
    claims: dict[str, int] = field(default_factory=dict)

    def see(self, kind: str, claimed: bool) -> None:
        """Count one page."""
        self.pages[kind] = self.pages.get(kind, 0) + 1
        self.claims[kind] = self.claims.get(kind, 0) + int(claimed)

    @property
    def shares(self) -> dict[str, float]:
        """The share of pages of each kind that claimed something."""
        return {kind: self.claims[kind] / count for kind, count in self.pages.items()}


def null_file(random: np.random.Generator, correlation: float) -> pd.DataFrame:
    """A line a measure, group and month; months spread as chance does, and half as much again where they are alike."""
    shape = (len(MEASURES), len(GROUPS), len(MONTHS))
    noise = random.normal(size=shape)
    for at in range(1, len(MONTHS)):
        noise[..., at] = correlation * noise[..., at - 1] + np.sqrt(1 - correlation**2) * noise[..., at]
    size = np.broadcast_to(SIZES[:, np.newaxis], shape)
    level = np.array([0.6, 0.05])[:, np.newaxis, np.newaxis]
    chance = np.array([0.24, 0.05])[:, np.newaxis, np.newaxis] / size
    if correlation:
        x = np.clip(np.round((level + noise * np.sqrt(1.5 * chance)) * size), 0, size)
    else:
        x = np.stack([random.binomial(size[0], 0.6), random.poisson(0.05 * size[1])])
    measure, group, month = (at.ravel() for at in np.indices(shape))
    return pd.DataFrame(
        {
            "measure": np.array(MEASURES)[measure],
            "group": np.array(GROUPS)[group],
            "month": np.array(MONTHS)[month],
            "x": x.ravel().astype(int),
            "n": size.ravel(),
        }
    )


def pages_of(files: int, seed: int, folder: Path) -> Counted:
    """Make, load and read so many null files."""
    counted = Counted()
    (folder / "mapping.toml").write_text(MAPPING, encoding="utf-8")
    home = folder / "home"
    for number in range(files):
        correlation = CORRELATION if number % 2 else 0.0
        table = null_file(np.random.default_rng([seed, number]), correlation)
        table.to_csv(folder / "null.csv", index=False)
        file, mapping = str(folder / "null.csv"), str(folder / "mapping.toml")
        _run("load", file, "--dataset", "Null", "--mapping", mapping, home=home)
        _read(counted, home, bool(correlation))
    return counted


def crossed_pages_of(files: int, seed: int, folder: Path) -> Counted:
    """The same of files with places, ages and years."""
    counted = Counted()
    null_crossed.write_mapping(folder / "crossed.toml")
    home = folder / "home"
    for number in range(files):
        kind = null_crossed.KINDS[number % len(null_crossed.KINDS)]
        table = null_crossed.crossed_file(np.random.default_rng([seed, 1, number]), kind)
        table.to_csv(folder / "null.csv", index=False)
        file, mapping = str(folder / "null.csv"), str(folder / "crossed.toml")
        _run("load", file, "--dataset", "Null", "--mapping", mapping, home=home)
        null_crossed.read_crossed(counted, partial(_asked, home=home), "Null", kind)
    return counted


def _read(counted: Counted, home: Path, alike: bool) -> None:
    """The pages of one file, as ``--format json`` gives them.

    Where months take after each other, years differ by more than their counts say: only words of change are asked of
    them.
    """
    for measure in MEASURES:
        question = ("--dataset", "Null", "--measure", measure, "--by", "race")
        found = _asked("trends", *question, "--reference", "Group A", home=home)
        words = {row["verdict"] for row in [*found["changes"], *found["windows"]]}
        counted.see("a word of change, months alike" if alike else "a word of change", bool(words & set(CHANGES)))
        if alike:
            continue
        for said, reference, period in HEADLINES:
            found = _asked("disparities", *question, "--period", period, "--reference", reference, home=home)
            claimed = any(row["verdict"] in CLEAR and (row["gap"] or 0) > 0 for row in found["rows"])
            counted.see(f"a headline gap, {said}", claimed)
        chart = _asked("trends", *question, "--group", "Group C", home=home)
        counted.see("a signal by the rules of a chart", bool(chart["signal"]["signal"]))
        counted.see("a point outside the limits", any(row["outside"] for row in chart["rows"]))
    if not alike:
        found = _asked("areas", "--dataset", "Null", "--period", "2024", home=home)
        counted.see("a gap in the scan", any(row["rank"] is not None for row in found["rows"]))


def _asked(*words: str, home: Path) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(_run("ask", *words, "--format", "json", home=home))
    return answer


def _run(*words: str, home: Path) -> str:
    """What a command of ``python -m equity`` prints, in this process."""
    os.environ["EQUITY_HOME"] = str(home)
    said, wrong = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(wrong):
        code = run(words)
    if code != 0:
        raise RuntimeError(f"{words} stopped with {code}: {wrong.getvalue()}")
    return said.getvalue()


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="null-files-") as name:
        yield Path(name)


def main(arguments: Sequence[str] | None = None) -> None:
    """Count, keep and print the shares."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--only", choices=("plain", "crossed"), help="files of one sort; both when left out")
    parser.add_argument("--out", type=Path, default=RESULTS)
    given = parser.parse_args(arguments)
    counted = Counted()
    for made in (pages_of, crossed_pages_of)[given.only == "crossed" : 1 if given.only == "plain" else 2]:
        with _folder() as folder:
            found = made(given.files, given.seed, folder)
        counted.pages |= found.pages
        counted.claims |= found.claims
    kept = {"files": given.files, "seed": given.seed, "pages": counted.pages, "claims": counted.claims}
    given.out.write_text(json.dumps(kept | {"shares": counted.shares}, indent=1) + "\n", encoding="utf-8")
    for kind, share in counted.shares.items():
        print(f"{kind}: {100 * share:.1f} % of {counted.pages[kind]:,} pages")


if __name__ == "__main__":
    main()
