"""How often pages claim something where there is nothing: null files, through the command line, read as people read.

``python -m benchmarks.null_files`` makes files in which no group differs and nothing changes (``null_months``), then as
many with places, ages and years that leave nothing to claim (``null_crossed``), loads each with ``python -m equity
load``, asks what the pages ask, and counts the pages on which a gap, a rank, a word of change or a signal stands. After
every file it keeps the counts in ``benchmarks/null_files.json``; docs/methods.md cites them. With ``--go-on`` it takes
up a count that was ended: every file has a seed of its own, so that the counts are those of one go.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.null_crossed import CROSSED
from benchmarks.null_months import MONTHLY
from equity.commands.line import run

RESULTS = Path(__file__).parent / "null_files.json"
SORTS = {"months": MONTHLY, "crossed": CROSSED}


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


@dataclass(frozen=True)
class Begun:
    """A count of null files so far: how many were read, and what was counted."""

    files: int = 0
    counted: Counted = field(default_factory=Counted)


def pages_of(
    sort: str,
    files: int,
    seed: int,
    folder: Path,
    keep: Callable[[int, Counted], None] = lambda *_: None,
    begun: Begun | None = None,
) -> Counted:
    """Make, load and read null files of a sort, up to so many; ``keep`` is told what is counted after each."""
    begun = begun or Begun()
    counted, of, at = begun.counted, SORTS[sort], list(SORTS).index(sort)
    file, mapping, home = str(folder / "null.csv"), folder / "mapping.toml", folder / "home"
    mapping.write_text(of.mapping, encoding="utf-8")
    for number in range(begun.files, files):
        kind = of.kinds[number % len(of.kinds)]
        of.file(np.random.default_rng([seed, at, number]), kind).to_csv(file, index=False)
        _run("load", file, "--dataset", "Null", "--mapping", str(mapping), home=home)
        of.read(counted, partial(_asked, home=home), "Null", kind)
        keep(number + 1, counted)
    return counted


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


def _kept(out: Path, seed: int, sort: str, files: int, counted: Counted) -> None:
    """Write what is counted so far of a sort; what was kept of the other stays."""
    held = json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}
    held[sort] = {"files": files, "seed": seed, "pages": counted.pages, "claims": counted.claims}
    out.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")


def _begun(out: Path, seed: int, sort: str) -> Begun:
    """What is kept of a sort and seed; nothing where that is of another seed."""
    held = json.loads(out.read_text(encoding="utf-8")).get(sort, {}) if out.exists() else {}
    if held.get("seed") != seed:
        return Begun()
    return Begun(held["files"], Counted(dict(held["pages"]), dict(held["claims"])))


def main(arguments: Sequence[str] | None = None) -> None:
    """Count, keep and print the shares."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--only", choices=tuple(SORTS), help="files of one sort; both when left out")
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument("--go-on", action="store_true", help="take up what OUT holds of this seed")
    given = parser.parse_args(arguments)
    for sort in [given.only] if given.only else SORTS:
        begun = _begun(given.out, given.seed, sort) if given.go_on else Begun()
        with _folder() as folder:
            keep = partial(_kept, given.out, given.seed, sort)
            counted = pages_of(sort, given.files, given.seed, folder, keep, begun)
        for kind, share in counted.shares.items():
            print(f"{kind}: {100 * share:.1f} % of {counted.pages[kind]:,} pages", flush=True)


if __name__ == "__main__":
    main()
