"""Headlines of control charts, funnels, differences over time and equal ages, read back beside their answers."""

from __future__ import annotations

import re
from typing import Any

from equity.lens.answers import AgeStandardized, ControlChart, InequalityOverTime, SiteFunnel
from equity.words.rows import records
from tests.words.figures import first_rate_in, is_written, scale_of


def charted(answer: ControlChart, text: str) -> list[str]:
    signal = answer.signal
    long_run = signal.get("longest_run", 0) > signal.get("longest_run_max", 0)
    few_crossings = signal.get("crossings", 0) < signal.get("crossings_min", 0)
    changed = long_run or few_crossings or any(int(row["outside"]) for row in records(answer.rows))
    if "too few events" in text or "no points to judge" in text:
        return [] if int(signal.get("useful", 0)) == 0 else ["points could be judged"]
    return [] if changed == ("likely a real change" in text) else [f"the signal is {signal}"]


def funnel(answer: SiteFunnel, text: str) -> list[str]:
    there = [row for row in records(answer.rows) if row["shown"] == "yes"]
    out = sum(int(row["outside"]) != 0 for row in there)
    said = re.search(r": (?:(\d+) of (\d+) .*?s stands? out|no .*? stands out)", text)
    if said is None:
        return ["how many stand out is not said"]
    return [] if (int(said[1] or 0), int(said[2] or len(there))) == (out, len(there)) else [f"{out} stand out"]


def inequality(answer: InequalityOverTime, text: str) -> list[str]:
    words = set(answer.changes["word"])
    said = {word for word, there in (("narrowed", " narrowed"), ("widened", " widened")) if there in text}
    return [] if said <= words else [f"the words are {words}"]


def at_equal_ages(answer: AgeStandardized, text: str) -> list[str]:
    every = [row for row in records(answer.rows) if row["kind"] in ("group", "other")]
    if "no group has a gap that can be" in text:
        return (
            ["a group has a gap"]
            if any(_clear_as_measured(row) and float(row["gap"]) == row["gap"] for row in every)
            else []
        )
    if text.endswith("no clear gap at equal ages.") or "as measured or at equal ages" in text:
        there = [row for row in every if float(row["gap"]) == float(row["gap"])]
        clear = [row for row in there if _clear_as_measured(row) or _clear_at_equal_ages(row)]
        return [f"{len(clear)} gaps are clear"] if clear else []
    own, _, equal = text.partition(". At equal ages")
    scale, sign = scale_of(answer.measure), answer.measure.harm_sign
    named = [row for row in every if str(row["group"]).casefold() in own.casefold()]
    unsized = equal.endswith(": no clear gap.")
    agree = [row for row in named if unsized or _is_gap(equal, float(row["gap"]) * scale, sign)]
    if "no clear gap for" in own:
        told = [row for row in agree if not _clear_as_measured(row) and _clear_at_equal_ages(row)]
        return [] if told else ["no group has this gap at equal ages alone"]
    before = own.rpartition("gap")[2].rpartition(" is ")[2]
    told = [row for row in agree if _is_gap(before, float(row["crude_gap"]) * scale, sign) and _clear_as_measured(row)]
    if not told:
        return ["no group has these"]
    doubted = "no clear gap" in equal or "there is none" in equal or "no difference" in equal
    return [] if any(doubted != _clear_at_equal_ages(row) for row in told) else ["the verdict at equal ages"]


def _clear_as_measured(row: dict[str, Any]) -> bool:
    return row["crude_verdict"] in ("disparity", "small_certain") and float(row["crude_gap"]) > 0


def _clear_at_equal_ages(row: dict[str, Any]) -> bool:
    return float(row["gap"]) > 0 and float(row["p_together"]) <= 0.05


def _is_gap(written: str, gap: float, sign: float) -> bool:
    """Whether "5.6 points higher" is this gap toward harm; nothing written is a gap that rounds to none."""
    figure = first_rate_in(re.sub(r" per [\d,]+", "", written))
    if not figure:
        return abs(gap) < 1.0
    return is_written(figure, abs(gap)) and ("higher" in written) == (gap * sign > 0)
