"""Gap breakdown: between the places where groups are seen, or within them; and when the whole misleads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from equity.lens.answers import GapSources, ResolvedReference
from equity.words import comparisons, groups, headlines, measures, numbers, periods, references, remarks
from equity.words.escaping import one_line
from equity.words.once import once
from equity.words.rows import records

SPLIT = (
    "Within: the gap at each place, weighted by how often both groups are seen there. Between: the rest, from groups "
    "being seen at different places. The two add up to the gap (Kitagawa 1955)."
)
ADJUSTED = (
    "Adjusted: the group's rate if it were spread over the places as everyone is (direct standardization). "
    "Observed ÷ expected: its events compared with those that overall rates at the same places would give (indirect)."
)
"""How the split and the adjusted rates are found."""

Triple = tuple[float, float, float]
_NEARLY_ALL = 0.9


@dataclass(frozen=True)
class Part:
    """One compared group's gap and its two parts, toward harm (value, lower, upper); rates as fractions or in the unit.

    ``n`` is the group's denominator over all strata.
    """

    group: str
    who: str
    gap: Triple
    between: Triple
    within: Triple
    simpson: str
    crude: float
    adjusted: Triple
    ratio_indirect: Triple
    n: float


@dataclass(frozen=True)
class Stratum:
    """One group at one site, beside the reference there. ``gap`` toward harm (value, lower, upper)."""

    name: str
    n: float
    rate: float
    reference_n: float
    reference_rate: float
    gap: Triple

    @property
    def compared(self) -> bool:
        """Whether both sides are seen here."""
        return self.n > 0 and self.reference_n > 0


@once
def parts(answer: GapSources) -> tuple[Part, ...]:
    """Every compared group, in the stratifier's order."""
    sizes: dict[str, float] = {}
    for row in records(answer.strata):
        sizes[row["group"]] = sizes.get(row["group"], 0.0) + float(row["n"])
    of = groups.noun(answer.measure)
    return tuple(
        Part(
            group=str(row["group"]),
            who=groups.said(answer.stratifier, str(row["group"]), of),
            gap=_triple(row, "gap"),
            between=_triple(row, "between"),
            within=_triple(row, "within"),
            simpson=str(row["simpson"]),
            crude=float(row["crude"]),
            adjusted=_triple(row, "adjusted"),
            ratio_indirect=_triple(row, "ratio_indirect"),
            n=float(sizes.get(row["group"], 0.0)),
        )
        for row in records(answer.parts)
    )


@once
def strata(answer: GapSources, group: str) -> tuple[Stratum, ...]:
    """A group at every site, in the sites' order; sites where neither side is seen are left out."""
    rows = [row for row in records(answer.strata) if row["group"] == group]
    found = (
        Stratum(
            one_line(row["stratum"]),
            float(row["n"]),
            float(row["rate"]),
            float(row["reference_n"]),
            float(row["reference_rate"]),
            _triple(row, "gap"),
        )
        for row in rows
    )
    return tuple(s for s in found if s.n > 0 or s.reference_n > 0)


@once
def lead(answer: GapSources) -> Part | None:
    """The group that the answer is about: one whose whole misleads, else the clear gap that affects most; else None."""
    clear = [p for p in parts(answer) if p.gap[1] > 0]
    misled = [p for p in parts(answer) if p.simpson and p.gap[0] > 0]
    return max(misled or clear, key=lambda p: p.gap[0] * p.n, default=None)


def focus(answer: GapSources) -> str:
    """The group whose sites are drawn: the one that the answer is about, else the largest."""
    part = lead(answer) or max(parts(answer), key=lambda p: p.n, default=None)
    return part.group if part else ""


def finding(answer: GapSources) -> str:
    """Both rates overall; what stands against them within each place is said below."""
    part = lead(answer)
    about = headlines.about(answer.measure, answer.choices)
    if not parts(answer):
        return f"{about}: nothing to break down. No group can be compared by {groups.label(answer.within)}."
    if part is None:
        return f"{about}: no clear gap by {groups.label(answer.stratifier)} to break down."
    return _headline(answer, part)


def what_it_comes_to(answer: GapSources) -> tuple[str, ...]:
    """What stands below the headline: that the whole misleads, or how much lies within and how much between."""
    part = lead(answer)
    return () if part is None else (_alarm(answer, part) or _split(answer, part),)


def _headline(answer: GapSources, part: Part) -> str:
    own, other = both_rates(answer, part)
    about = headlines.about(answer.measure, answer.choices)
    of_whom = f"{own} of {part.who}"
    if answer.measure.kind != "proportion":
        of_whom = f"{own} for {part.who}"
    elif counted(answer) not in ("patients", "people"):
        of_whom = f"{own} of {counted(answer)} {'by' if counted(answer) == 'visits' else 'for'} {part.who}"
    others = references.beside(_other_side(answer), answer.measure, answer.stratifier, other)
    return headlines.fitting(f"{about}: {of_whom}. {each}" for each in others)


@once
def alarm(answer: GapSources) -> str:
    """The Simpson alarm in words, or nothing when the whole tells the same story as its parts."""
    part = lead(answer) if any(row["simpson"] for row in records(answer.parts)) else None
    return _alarm(answer, part) if part else ""


def split_in_words(answer: GapSources) -> tuple[str, ...]:
    """Each clear gap split in two, a sentence a group, the widest first."""
    clear = sorted((p for p in parts(answer) if p.gap[1] > 0), key=lambda p: -p.gap[0])
    return tuple(_split(answer, p) for p in clear)


def adjusted_in_words(answer: GapSources) -> str:
    """Crude first, then as if every group were seen at the same sites; nothing where it cannot be worked out."""
    part = lead(answer)
    if part is None or not numbers.known(part.adjusted[0]):
        return ""
    measure, n = answer.measure, part.n
    crude, adjusted = (numbers.rate(measure, v, n) for v in (part.crude, part.adjusted[0]))
    around = numbers.span(numbers.rate_range(measure, part.adjusted[1], part.adjusted[2], n))
    return (
        f"The rate for {part.who} is {crude}. Seen at each {_stratum(answer)} in the same shares as everyone, it "
        f"would be {adjusted}{numbers.range_named(around)}."
    )


def chart_title(answer: GapSources) -> str:
    """The heading of the sites: what happens at each of them."""
    part = lead(answer)
    where = _stratum(answer)
    if part is None:
        return f"{measures.heading(answer.measure)} at each {where}, compared with {_reference(answer)}"
    seen = [s for s in strata(answer, part.group) if s.compared]
    worse = sum(s.gap[0] > 0 for s in seen)
    worse_side, better_side = (numbers.side(answer.measure, sign) for sign in (1.0, -1.0))
    if part.simpson == "reverses":
        done = f"{better_side} {_at(answer)} {_count_of(len(seen) - worse, len(seen), where)}"
        return f"{groups.started(part.who)}: {worse_side} overall, yet {done}"
    places = f"{_at(answer)} {_count_of(worse, len(seen), where)}"
    return f"{groups.started(part.who)}: {worse_side} than {_reference(answer)} {places}"


def split_chart_title(answer: GapSources) -> str:
    """The heading of the split."""
    where = groups.label(answer.within)
    return f"Each gap from {_reference(answer)}: the part within each {where}, and the part between them"


def how_sure(answer: GapSources) -> str:
    """How sure the split is."""
    part = lead(answer)
    if part is None:
        return "No gap here is clearly larger than chance."
    n = part.n
    where = _stratum(answer)
    return (
        f"For {part.who}, the part within each {where} is likely {_likely(answer, part.within, n)}; the part that "
        f"comes from being seen {_at(answer)} different {_plural(where)} is likely {_likely(answer, part.between, n)}."
    )


def not_known(answer: GapSources) -> tuple[str, ...]:
    """Where a group cannot be compared because one of the two is not seen there."""
    part = lead(answer)
    if part is None:
        return ()
    alone = [s.name for s in strata(answer, part.group) if not s.compared]
    return (f"Only one of the two groups is seen {_at(answer)} {groups.listed(alone)}.",) if alone else ()


def caveats(answer: GapSources) -> tuple[str, ...]:
    """What to keep in mind when reading the answer."""
    return (
        *remarks.said(answer.remarks),
        "A gap between means that groups are seen at different places. Who is seen where is a result too.",
        "A breakdown shows where a gap is; it does not show why.",
    )


def prompt(answer: GapSources) -> str:
    """One question to open the conversation with."""
    part, where = lead(answer), _stratum(answer)
    if part is None:
        return f"What do we do alike at every {where}, and how do we keep doing it?"
    if part.between[0] > part.within[0]:
        return f"What would it take to improve care at the places where most {part.who} are seen?"
    return f"Which steps of care at the same {where} are harder for {part.who}?"


@once
def alt_text(answer: GapSources) -> str:
    """The sites in words, a clause a site."""
    part = next((p for p in parts(answer) if p.group == focus(answer)), None)
    if part is None:
        return f"{chart_title(answer)}. Nothing to show, since no group can be compared here."
    every = "; ".join(stratum_in_words(answer, s) for s in strata(answer, part.group))
    return f"Dots. {chart_title(answer)}. Overall: {overall_in_words(answer, part)}; {every}."


@once
def split_alt_text(answer: GapSources) -> str:
    """The split in words, a clause a group."""
    every = "; ".join(part_in_words(answer, p) for p in parts(answer))
    return f"Dots with ranges. {split_chart_title(answer)}. {every or 'Nothing to show'}."


def stratum_in_words(answer: GapSources, stratum: Stratum) -> str:
    """One site read aloud."""
    measure = answer.measure
    if not stratum.compared:
        return f"{stratum.name}: only one of the two groups is seen here"
    own, other = (numbers.rate(measure, r, stratum.n) for r in (stratum.rate, stratum.reference_rate))
    gap = gap_in_short(answer, stratum.gap[0], stratum.n, stratum.rate)
    return (
        f"{stratum.name}: {own} ({numbers.count(stratum.n)} {counted(answer)}), {other} {_named_short(answer)}, {gap}"
    )


def overall_in_words(answer: GapSources, part: Part) -> str:
    """The whole read aloud: both rates, and the gap."""
    own, other = both_rates(answer, part)
    size = f"{numbers.count(part.n)} {counted(answer)}"
    return f"{own} ({size}), {other} {_named_short(answer)}, {gap_in_short(answer, part.gap[0], part.n, part.crude)}"


def part_in_words(answer: GapSources, part: Part) -> str:
    """A group's gap and its parts read aloud."""
    three = (part.gap, part.within, part.between)
    gap, within, between = (gap_in_short(answer, t[0], part.n, part.crude) for t in three)
    return f"{one_line(part.group)}: {gap}, of which within {within} and between {between}"


def gap_in_short(answer: GapSources, gap: float, n: float, level: float) -> str:
    """A gap with its side for the edge of a chart: "2.1 pts higher", "no difference".

    ``level`` is the rate that stands beside it: the gap has as many decimals.
    """
    if not numbers.known(gap):
        return ""
    if numbers.is_no_gap(answer.measure, gap, n, level):
        return "no difference"
    return f"{numbers.short_gap(answer.measure, gap, n, level)} {numbers.short_side(answer.measure, gap)}"


def both_rates(answer: GapSources, part: Part) -> tuple[str, str]:
    """The group's rate overall and that of its reference, written alike."""
    seen = [s for s in strata(answer, part.group) if s.reference_n > 0]
    size = sum(s.reference_n for s in seen)
    other = sum(s.reference_rate * s.reference_n for s in seen) / size if size else float("nan")
    return numbers.rate(answer.measure, part.crude, part.n), numbers.rate(answer.measure, other, part.n)


def table_caption(answer: GapSources) -> str:
    """What the table of groups holds."""
    by, within = groups.label(answer.stratifier), groups.label(answer.within)
    return (
        f"{measures.heading(answer.measure)} by {by}, looked at within {within}, "
        f"compared with {_reference(answer)}, {periods.title(answer.choices.period)}. Number counts {counted(answer)}. "
        "Ranges are 95% intervals."
    )


@once
def table(answer: GapSources) -> pd.DataFrame:
    """Every group as a row of text: crude first, then the split, then adjusted."""
    columns = [
        "Group",
        "Crude",
        "Gap",
        "Within",
        "Within range",
        "Between",
        "Between range",
        "Adjusted",
        "Adjusted range",
    ]
    rows = [_cells(answer, p) for p in parts(answer)]
    return pd.DataFrame(rows, columns=[*columns, "Observed ÷ expected", "The whole"])


@once
def strata_table(answer: GapSources) -> pd.DataFrame:
    """Every group at every site as a row of text."""
    found = []
    for part in parts(answer):
        for s in strata(answer, part.group):
            side = "Other side" if len(_reference(answer)) > 40 else groups.started(_reference(answer))
            found.append(
                {
                    "Group": one_line(part.group),
                    groups.started(groups.label(answer.within)): s.name,
                    "Rate": numbers.rate(answer.measure, s.rate, s.n),
                    "Number": numbers.count(s.n),
                    side: numbers.rate(answer.measure, s.reference_rate, s.reference_n),
                    "Its number": numbers.count(s.reference_n),
                    "Gap": groups.started(gap_in_short(answer, s.gap[0], s.n, s.rate)),
                    "Gap range": numbers.span(numbers.gap_range(answer.measure, s.gap[1], s.gap[2], s.n)),
                }
            )
    return pd.DataFrame(found, columns=None if found else ["Group"])


def counted(answer: GapSources) -> str:
    """What n counts."""
    size = sum(p.n for p in parts(answer))
    return comparisons.what_is_counted(answer.measure, size, answer.people)


def reference_name(answer: GapSources) -> str:
    """The other side in short, for a chart: "White", "All others"."""
    return one_line(answer.reference.group) or "All others"


def _named_short(answer: GapSources) -> str:
    """The other side after its rate: "for White", "for all others"."""
    return f"for {one_line(answer.reference.group) or 'all others'}"


def _alarm(answer: GapSources, part: Part) -> str:
    """That the whole tells another story than its parts; nothing where it does not."""
    if not part.simpson or part.gap[0] <= 0:
        return ""
    measure, n, where = answer.measure, part.n, _stratum(answer)
    whole, within = (numbers.gap(measure, t[0], n, part.crude) for t in (part.gap, part.within))
    if part.simpson == "halves" and numbers.is_no_gap(measure, part.within[0], n, part.crude):
        return f"Next to nothing of that gap of {whole} is left within each {where}."
    if part.simpson == "halves":
        return f"Only {within} of that gap of {whole} is left within each {where}."
    rate = f"{numbers.side(measure, -1.0)} {_level(answer)}"
    seen = [s for s in strata(answer, part.group) if s.compared]
    if part.within[1] <= 0 <= part.within[2]:
        return f"Within each {where} that gap is not there; what is left there could be chance."
    if seen and all(s.gap[0] < 0 for s in seen):
        return f"Within every {where}, {part.who} have the {rate}."
    return f"Within each {where}, {part.who} have the {rate} on average, by {within}."


def _split(answer: GapSources, part: Part) -> str:
    """How a gap divides into what lies within places and what between them, or that one place makes it all."""
    measure, n, where = answer.measure, part.n, _stratum(answer)
    three = (part.gap, part.within, part.between)
    gap, within, between = (numbers.gap(measure, t[0], n, part.crude) for t in three)
    alone = _alone(answer, part)
    if alone:
        return f"Nearly all of the gap of {gap} comes {_at(answer)} one {where}, {alone}."
    start = f"Of the gap of {gap} for {part.who}"
    if _is_little(part.between, part):
        whole = "All" if numbers.is_no_gap(measure, part.between[0], n, part.crude) else "Nearly all"
        return f"{whole} of it is a difference between patients {_at(answer)} the same {where}."
    if _is_little(part.within, part):
        whole = "all" if numbers.is_no_gap(measure, part.within[0], n, part.crude) else "nearly all"
        return f"{start}, {whole} comes from being seen {_at(answer)} different {_plural(where)}."
    unclear = [name for name, t in (("within", part.within), ("between", part.between)) if t[1] <= 0 <= t[2]]
    if unclear:
        doubt = "how it divides is not clear" if len(unclear) == 2 else f"the part {unclear[0]} could be chance"
        if min(part.within[0], part.between[0]) < 0:
            return f"{start}, {_other_than(unclear, answer)}; {doubt}."
        return f"{start}, {within} lies within each {where} and {between} between {_plural(where)}; {doubt}."
    if part.within[0] < 0:
        return (
            f"Being seen {_at(answer)} different {_plural(where)} makes a gap of {between}; "
            f"within each {where}, {within} goes the other way."
        )
    if part.between[0] < 0:
        others = "other" if answer.measure.polarity == "neutral" else "better"
        seen = f"being seen {_at(answer)} {others} {_plural(where)} takes off {between}"
        return f"Within each {where} the gap is {within}; {seen}."
    return f"{start}, {within} lies within each {where} and {between} between {_plural(where)}."


def _is_little(one: Triple, part: Part) -> bool:
    """Whether a part is next to nothing of its gap."""
    return abs(one[0]) < (1.0 - _NEARLY_ALL) * abs(part.gap[0])


def _other_than(unclear: list[str], answer: GapSources) -> str:
    """Where a gap lies whose other part goes the other way, and could be chance."""
    where = _stratum(answer)
    if unclear == ["between"]:
        return f"all lies within each {where}"
    if unclear == ["within"]:
        return f"all comes from being seen {_at(answer)} different {_plural(where)}"
    return f"one part lies within each {where} and the other between {_plural(where)}"


def _alone(answer: GapSources, part: Part) -> str:
    """The one place that makes nearly all of the part within places; empty where several do."""
    shares = {s.name: s.gap[0] * s.n for s in strata(answer, part.group) if s.compared and numbers.known(s.gap[0])}
    behind = sum(value for value in shares.values() if value > 0)
    most = max(shares, key=lambda name: shares[name], default="")
    lies_within = part.within[0] > 0.9 * part.gap[0]
    return most if len(shares) > 1 and behind > 0 and lies_within and shares[most] >= _NEARLY_ALL * behind else ""


def _level(answer: GapSources) -> str:
    return "average" if answer.measure.kind == "mean" else "rate"


def _cells(answer: GapSources, part: Part) -> tuple[str, ...]:
    measure, n = answer.measure, part.n
    spans = [numbers.span(numbers.gap_range(measure, t[1], t[2], n)) for t in (part.within, part.between)]
    adjusted = ["", ""]
    if numbers.known(part.adjusted[0]):
        around = numbers.rate_range(measure, part.adjusted[1], part.adjusted[2], n)
        adjusted = [numbers.rate(measure, part.adjusted[0], n), numbers.span(around)]
    whole = {"reverses": "points the other way", "halves": "at most half is left within", "": ""}[part.simpson]
    ratio = numbers.ratio(part.ratio_indirect[0]) if numbers.known(part.ratio_indirect[0]) else ""
    gap, within, between = (
        groups.started(gap_in_short(answer, t[0], n, part.crude)) for t in (part.gap, part.within, part.between)
    )
    crude = numbers.rate(measure, part.crude, n)
    return (one_line(part.group), crude, gap, within, spans[0], between, spans[1], *adjusted, ratio, whole)


def _reference(answer: GapSources) -> str:
    """The other side: a target has none, and the overall rate is split as that of all others."""
    return references.said(_other_side(answer), answer.stratifier, answer.measure)


def _other_side(answer: GapSources) -> ResolvedReference:
    return answer.reference if answer.reference.group else ResolvedReference("others", "")


def _stratum(answer: GapSources) -> str:
    """One of the strata: "site", "age band"; "language group" where that reads better."""
    label = groups.label(answer.within)
    return label if groups.subject_of(answer.within) in ("site", "place", "age") else f"{label} group"


def _at(answer: GapSources) -> str:
    return "at" if groups.subject_of(answer.within) in ("site", "place") else "in"


def _likely(answer: GapSources, part: Triple, n: float) -> str:
    """The interval of a part with its side: "between 0.7 and 3.6 points higher"."""
    words = numbers.gap_range(answer.measure, part[1], part[2], n)
    one_side = part[1] * part[2] > 0
    return f"{words} {numbers.short_side(answer.measure, part[0])}".strip() if one_side else words


def _plural(where: str) -> str:
    return f"{where}s"


def _count_of(count: int, of: int, where: str) -> str:
    if count == of:
        return f"every {where}"
    return f"{count} of {of} {_plural(where)}"


def _triple(row: dict[str, Any], name: str) -> Triple:
    return float(row[name]), float(row[f"{name}_lower"]), float(row[f"{name}_upper"])
