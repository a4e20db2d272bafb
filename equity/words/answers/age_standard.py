"""Age-standardized rates in words: crude first, then as if all groups had the same ages."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from equity.lens.answers import AgeStandardized
from equity.stats.gap import SIGNIFICANCE
from equity.words import comparisons, groups, headlines, measures, numbers, periods, references, remarks
from equity.words.cached_per_answer import cached_per_answer
from equity.words.escaping import one_line
from equity.words.rows import records

STANDARDS = {
    "us2000": "2000 US standard population",
    "europe2013": "2013 European standard population",
    "who2000": "WHO world standard population, 2000–2025",
    "own": "ages of everyone in this question",
}
CRUDE = "as they are"
METHOD = (
    "Crude: as measured. Age-standardized: each age band's own rate, weighted by how many of the standard population "
    "are that old (direct standardization). Ranges: Fay and Feuer's gamma limits for rates, Wilson's limits of the age "
    "bands put together for proportions, normal limits for averages."
)
"""How the rates are standardized."""

_ENOUGH = 0.995
_CHANGED, _LITTLE, _NEARLY_ALL = 0.1, 0.25, 0.95


@dataclass(frozen=True)
class Row:
    """One group, crude and standardized; gaps toward harm; limits as (value, lower, upper)."""

    group: str
    who: str
    n: float
    crude: float
    crude_gap: float
    rate: tuple[float, float, float]
    gap: tuple[float, float, float]
    ratio: tuple[float, float, float]
    by_ages: tuple[float, float, float]
    p_together: float
    crude_verdict: str
    reason: str
    missing_ages: str
    is_reference: bool

    @property
    def is_clear(self) -> bool:
        """Whether the gap as measured is clear."""
        return self.crude_verdict in ("disparity", "small_certain")

    @property
    def is_clear_at_equal_ages(self) -> bool:
        """Whether the standardized gap is, over all comparisons of the page."""
        return self.gap[0] > 0 and self.p_together <= SIGNIFICANCE

    @property
    def known(self) -> bool:
        """Whether there is a standardized rate."""
        return numbers.known(self.rate[0])


def standard_named(key: str) -> str:
    """What a choice of standard is called in a list: crude first."""
    return f"age-standardized: {STANDARDS[key]}" if key else CRUDE


@cached_per_answer
def rows(answer: AgeStandardized) -> tuple[Row, ...]:
    """The groups of people that have anyone, in the stratifier's order."""
    of = groups.noun(answer.measure)
    return tuple(
        Row(
            group=str(row["group"]),
            who=groups.describe_group(answer.stratifier, str(row["group"]), of),
            n=float(row["n"]),
            crude=float(row["crude"]),
            crude_gap=float(row["crude_gap"]),
            rate=(float(row["rate"]), float(row["lower"]), float(row["upper"])),
            gap=(float(row["gap"]), float(row["gap_lower"]), float(row["gap_upper"])),
            ratio=(float(row["ratio"]), float(row["ratio_lower"]), float(row["ratio_upper"])),
            by_ages=(float(row["gap_by_ages"]), float(row["gap_by_ages_lower"]), float(row["gap_by_ages_upper"])),
            p_together=float(row["p_together"]),
            crude_verdict=str(row["crude_verdict"]),
            reason=str(row["reason"]),
            missing_ages=str(row["missing_ages"]),
            is_reference=bool(row["is_reference"]),
        )
        for row in records(answer.rows)
        if row["kind"] in ("group", "other") and row["reason"] != "no_data"
    )


@cached_per_answer
def lead(answer: AgeStandardized) -> Row | None:
    """The group that the answer is about: of those with a clear gap as measured, the one that affects most.

    Where none is, one whose gap is clear at equal ages; else one with any gap as measured.
    """
    there = [r for r in rows(answer) if numbers.known(r.gap[0])]
    clear = [r for r in there if r.is_clear and r.crude_gap > 0]
    if not clear and any(r.is_clear_at_equal_ages for r in there):
        return max((r for r in there if r.is_clear_at_equal_ages), key=lambda r: r.gap[0] * r.n)
    return max(clear or (r for r in there if r.crude_gap > 0), key=lambda r: r.crude_gap * r.n, default=None)


def finding(answer: AgeStandardized) -> str:
    """The answer in one sentence: what the gap is at equal ages, after what it is as measured."""
    about = headlines.about_in_short(answer.measure, answer.choices)
    row = lead(answer)
    if row is None:
        return f"{about}: no group has a gap that can be age-standardized."
    if not row.is_clear and not row.is_clear_at_equal_ages:
        by = groups.label(answer.stratifier)
        return headlines.fitting(
            [f"{about}: no clear gap by {by}, as measured or at equal ages.", f"{about}: no clear gap at equal ages."]
        )
    crude = _gap(answer, row.crude_gap, row.n, row.crude, row.is_clear)
    equal = _gap(answer, row.gap[0], row.n, row.rate[0], row.is_clear_at_equal_ages)
    unclear = "" if row.is_clear_at_equal_ages or equal == numbers.NO_DIFFERENCE else ", no clear gap"
    then = "there is none" if equal == numbers.NO_DIFFERENCE else f"it is {equal}{unclear}"
    if not row.is_clear or row.crude_gap <= 0:
        return f"{about}: no clear gap for {row.who}. At equal ages {then}."
    full = f"{about}: the gap for {row.who} is {crude}. At equal ages {then}."
    short = f"{about}, {row.who}: gap {crude}. At equal ages"
    return headlines.fitting([full, f"{short}: {equal}{unclear}.", *([f"{short}: no clear gap."] if unclear else ())])


def what_it_comes_to(answer: AgeStandardized) -> tuple[str, ...]:
    """What stands below the headline: both rates, and what age has to do with the gap."""
    row = lead(answer)
    if row is None:
        return ()
    measure, n = answer.measure, row.n
    rate, crude = numbers.rate(measure, row.rate[0], n), numbers.rate(measure, row.crude, n)
    around = numbers.range_named(numbers.span(numbers.rate_range(measure, row.rate[1], row.rate[2], n)))
    level = "average" if measure.kind == "mean" else "rate"
    rates = f"{level} is {crude} as measured and {rate} age-standardized{around}."
    if not row.is_clear and not row.is_clear_at_equal_ages:  # the headline names nobody
        return (f"For {row.who}, the {rates}",)
    return (f"Their {rates}", _what_age_does(answer, row))


def _what_age_does(answer: AgeStandardized, row: Row) -> str:
    """Whether ages are behind the gap: nothing is said of cause, and only what chance in the age bands leaves clear."""
    before, after = row.crude_gap, row.gap[0]
    if not row.is_clear or before <= 0:
        hidden = ": as measured, different ages hide it" if row.by_ages[2] < 0 else ""
        return f"It is clear at equal ages only{hidden}."
    share, low, high = (part / before for part in row.by_ages)
    if low <= 0 <= high or not numbers.known(share):
        if numbers.known(share) and max(abs(low), abs(high)) <= _LITTLE:
            return "Different ages account for little of this gap."
        return "It is not clear whether different ages account for part of this gap."
    if abs(share) < _CHANGED:
        return "Different ages account for little of this gap."
    if share < 0:
        return "At equal ages the gap is wider: different ages hide part of it."
    if after <= 0:
        return "At equal ages this gap is not there: different ages account for it."
    if share >= _NEARLY_ALL:
        return "Different ages account for nearly all of this gap."
    return f"Different ages account for about {numbers.share(share)} of this gap."


def chart_title(answer: AgeStandardized) -> str:
    """The heading of the chart: what was standardized, and to whom."""
    return f"{measures.heading(answer.measure)} at equal ages: the {STANDARDS[answer.standard]}"


def over_time_title(answer: AgeStandardized) -> str:
    """The heading of the series."""
    return f"{measures.heading(answer.measure)} at equal ages, by {answer.grain}: the {STANDARDS[answer.standard]}"


def how_sure(answer: AgeStandardized) -> str:
    """How sure the gap at equal ages is."""
    row = lead(answer)
    if row is None:
        return "No gap here can be age-standardized."
    likely = numbers.gap_range_with_side(answer.measure, row.gap[1], row.gap[2], row.n)
    sure = (
        ""
        if row.p_together <= SIGNIFICANCE or row.gap[1] * row.gap[2] <= 0
        else " Over all groups of this page, it could be chance."
    )
    return f"At equal ages, the gap for {row.who} is likely {likely}.{sure}"


def not_known(answer: AgeStandardized) -> tuple[str, ...]:
    """Which groups have no standardized rate and why; whom the standard leaves out."""
    found = []
    for row in rows(answer):
        if row.reason == "missing_ages":
            found.append(f"{groups.started(row.who)}: nobody aged {groups.listed(row.missing_ages.split('; '))}.")
        elif row.reason == "hidden":
            found.append(f"{groups.started(row.who)}: some counts by age are not shown, so no rate at equal ages.")
    if numbers.known(answer.age_known) and answer.age_known < _ENOUGH:
        found.append(f"Age is recorded for {numbers.share(answer.age_known)}; only they are age-standardized.")
    return tuple(found)


def caveats(answer: AgeStandardized) -> tuple[str, ...]:
    """What to keep in mind when reading the answer."""
    said = ["A standardized rate is for comparing; the crude rate is what patients live with."]
    if answer.covered < _ENOUGH:
        ages = _ages_covered(answer)
        said.append(f"The standard is cut to the ages in these data ({ages}) and its weights are scaled to them.")
    if answer.split_evenly:
        said.append("Some age bands cut a five-year band of the standard; people are spread evenly over its years.")
    if answer.reference.kind in ("average", "others"):
        said.append(f"Here each group is compared with all other {groups.noun(answer.measure)}, never with itself.")
    said.append("If chronic illness comes earlier for a group, equal ages can hide part of its gap.")
    return (*said, *remarks.describe_remarks(answer.remarks))


@cached_per_answer
def alt_text(answer: AgeStandardized) -> str:
    """The chart in words, a clause a group."""
    return f"Dots with ranges. {chart_title(answer)}. {'; '.join(row_in_words(answer, r) for r in rows(answer))}."


@cached_per_answer
def over_time_alt_text(answer: AgeStandardized) -> str:
    """The series in words, a clause a group: first and last."""
    return f"Lines. {over_time_title(answer)}. {'; '.join(_run(answer, r) for r in rows(answer) if _run(answer, r))}."


def row_in_words(answer: AgeStandardized, row: Row) -> str:
    """One group read aloud."""
    crude = numbers.rate(answer.measure, row.crude, row.n)
    if not row.known:
        return f"{one_line(row.group)}: crude {crude}, not age-standardized"
    equal = numbers.rate(answer.measure, row.rate[0], row.n)
    around = numbers.span(numbers.rate_range(answer.measure, row.rate[1], row.rate[2], row.n))
    return f"{one_line(row.group)}: crude {crude}, at equal ages {equal}{numbers.range_named(around)}"


def table_caption(answer: AgeStandardized) -> str:
    """What the tables hold."""
    reference = references.describe_reference(answer.reference, answer.stratifier, answer.measure)
    counted = comparisons.what_is_counted(answer.measure, sum(r.n for r in rows(answer) if r.n == r.n), answer.people)
    return (
        f"{measures.heading(answer.measure)} by {groups.label(answer.stratifier)}, "
        f"{periods.title(answer.choices.period)}, compared with {reference}; standard: {STANDARDS[answer.standard]}"
        f"{_cut(answer)}. Number counts {counted}. Ranges are 95% intervals."
    )


def over_time_caption(answer: AgeStandardized) -> str:
    """What the table of the series holds."""
    return (
        f"{measures.heading(answer.measure)} by {groups.label(answer.stratifier)} and {answer.grain}; "
        f"standard: {STANDARDS[answer.standard]}{_cut(answer)}. Ranges are 95% intervals."
    )


@cached_per_answer
def table(answer: AgeStandardized) -> pd.DataFrame:
    """Every group as a row of text: crude first."""
    columns = [
        "Group",
        "Number",
        "Crude",
        "Crude gap",
        "Age-standardized",
        "Range",
        "Gap",
        "Gap range",
        "Ratio",
        "Note",
    ]
    return pd.DataFrame([_cells(answer, r) for r in rows(answer)], columns=columns)


@cached_per_answer
def over_time_table(answer: AgeStandardized) -> pd.DataFrame:
    """Every group in every period as a row of text."""
    shown, measure = {r.group for r in rows(answer)}, answer.measure
    found = [
        {
            "Group": one_line(row["group"]),
            "Period": periods.describe_period(str(row["period"])),
            "Number": numbers.count(float(row["n"])),
            "Crude": numbers.rate(measure, float(row["crude"]), float(row["n"])),
            "Age-standardized": numbers.rate(measure, float(row["rate"]), float(row["n"])),
            "Range": numbers.span(
                numbers.rate_range(measure, float(row["lower"]), float(row["upper"]), float(row["n"]))
            ),
        }
        for row in records(answer.over_time)
        if row["group"] in shown
    ]
    return pd.DataFrame(found, columns=["Group", "Period", "Number", "Crude", "Age-standardized", "Range"])


def _cells(answer: AgeStandardized, row: Row) -> dict[str, str]:
    measure, n = answer.measure, row.n
    notes = {"missing_ages": f"nobody aged {row.missing_ages}", "hidden": "some counts by age are not shown"}
    compared = numbers.known(row.gap[0])
    times = f" ({row.ratio[1]:.2f} to {row.ratio[2]:.2f})" if numbers.known(row.ratio[1] + row.ratio[2]) else ""
    return {
        "Group": one_line(row.group),
        "Number": numbers.count(n),
        "Crude": numbers.rate(measure, row.crude, n),
        "Crude gap": _gap(answer, row.crude_gap, n, row.crude, row.is_clear) if numbers.known(row.crude_gap) else "",
        "Age-standardized": numbers.rate(measure, row.rate[0], n) if row.known else "",
        "Range": numbers.span(numbers.rate_range(measure, row.rate[1], row.rate[2], n)) if row.known else "",
        "Gap": _gap(answer, row.gap[0], n, row.rate[0], row.is_clear_at_equal_ages) if compared else "",
        "Gap range": numbers.span(numbers.gap_range(measure, row.gap[1], row.gap[2], n)) if compared else "",
        "Ratio": f"{numbers.ratio(row.ratio[0])}{times}" if numbers.known(row.ratio[0]) else "",
        "Note": "reference" if row.is_reference else notes.get(row.reason, ""),
    }


def _gap(answer: AgeStandardized, value: float, n: float, level: float, is_clear: bool) -> str:
    """A gap with its side, as many decimals as the rate beside it has; more where it is clear and would be none."""
    measure = answer.measure
    if is_clear and numbers.is_no_gap(measure, value, n, level):
        n, level = float("nan"), float("nan")
    if numbers.is_no_gap(measure, value, n, level):
        return numbers.NO_DIFFERENCE
    return f"{numbers.gap(measure, value, n, level)} {numbers.short_side(measure, value)}"


def _cut(answer: AgeStandardized) -> str:
    return f", ages {_ages_covered(answer)} only" if answer.covered < _ENOUGH else ""


def _ages_covered(answer: AgeStandardized) -> str:
    """The youngest and the oldest band that count, as they are named: "18–34 to 75 and over"."""
    bands = [one_line(row["band"]) for row in records(answer.weights) if float(row["standard"]) > 0]
    return f"{bands[0]} to {bands[-1]}" if len(bands) > 1 else "".join(bands)


def _run(answer: AgeStandardized, row: Row) -> str:
    held = [r for r in records(answer.over_time) if r["group"] == row.group and numbers.known(float(r["rate"]))]
    if not held:
        return ""
    first, last = (
        f"{numbers.rate(answer.measure, float(r['rate']), float(r['n']))} in "
        f"{periods.describe_period(str(r['period']))}"
        for r in (held[0], held[-1])
    )
    return f"{one_line(row.group)}: {first}, {last}"
