"""One line of a benchmark's table, and the small file that keeps a part's lines between runs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from benchmarks.pairs import Paired

FOLDER = Path(__file__).parent / "results"

Unit = Literal["s", "ms", "MB", "GB"]
Reading = Literal["peer ÷ ours", "ours ÷ peer"]


@dataclass(frozen=True)
class Aim:
    """What should hold: the figure ``of`` a line (``ours`` in the line's unit, or its ratio) against a limit."""

    of: Literal["ours", "ratio"]
    is_at: Literal["most", "least"]
    limit: float


@dataclass(frozen=True)
class Result:
    """One thing measured, beside the same of a peer in the same run.

    what      the thing measured.
    size      how much of it, as people read it; ``rows`` is the same as a number where a size is one of rows (else 0).
    ours      median over the rounds, in ``unit``; ``theirs`` the peer's, None where only a limit is aimed at.
    ratio     the median of the ratios taken round by round; ``reading`` says which way it is taken.
    rounds    how many rounds there were; 0 where a figure is one of its own, such as a peak of memory.
    taken     the day, the machine, and how much else it was doing (its one-minute load) when the part began.
    """

    what: str
    size: str
    unit: Unit
    ours: float
    peer: str = ""
    theirs: float | None = None
    ratio: float | None = None
    reading: Reading = "peer ÷ ours"
    aims: tuple[Aim, ...] = ()
    rows: int = 0
    rounds: int = 0
    taken: tuple[str, str, float] = field(default=("", "", 0.0))

    def meets(self, aim: Aim) -> bool:
        """Whether the aim is met; an aim at a ratio that could not be taken is not."""
        figure = self.ours if aim.of == "ours" else self.ratio
        if figure is None:
            return False
        return figure <= aim.limit if aim.is_at == "most" else figure >= aim.limit


def beside(
    what: str,
    size: str,
    unit: Unit,
    times: Paired,
    peer: str,
    aims: Sequence[Aim] = (),
    *,
    scale: float = 1.0,
    rows: int = 0,
) -> Result:
    """The line of something that took so much of the peer's time; ``scale`` turns the times into the unit."""
    return Result(
        what=what,
        size=size,
        unit=unit,
        ours=times.ours * scale,
        peer=peer,
        theirs=times.peer * scale,
        ratio=1 / times.ratio,
        reading="ours ÷ peer",
        aims=tuple(aims),
        rows=rows,
        rounds=times.rounds,
    )


def kept(part: str, folder: Path = FOLDER) -> tuple[Result, ...]:
    """The lines of a part as last measured; none when it never was."""
    file = folder / f"{part}.json"
    if not file.exists():
        return ()
    return tuple(_result(line) for line in json.loads(file.read_text(encoding="utf-8")))


def keep(part: str, measured: Sequence[Result], folder: Path = FOLDER) -> None:
    """Put new lines in place of the part's old ones; where they are of sizes, in place of those of the same sizes."""
    sizes = {line.rows for line in measured}
    others = [line for line in kept(part, folder) if line.rows not in sizes]
    lines = sorted([*others, *measured], key=lambda line: line.rows)
    folder.mkdir(exist_ok=True)
    text = json.dumps([asdict(line) for line in lines], ensure_ascii=False, indent=1)
    (folder / f"{part}.json").write_text(text + "\n", encoding="utf-8")


def _result(line: dict[str, Any]) -> Result:
    aims = tuple(Aim(**aim) for aim in line["aims"])
    day, machine, load = line["taken"]
    return Result(**{**line, "aims": aims, "taken": (day, machine, load)})
