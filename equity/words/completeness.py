"""Who is missing from an answer, and what that means for its conclusion.

Unknown, not asked and declined are three different things; together they are "not recorded".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from equity.lens.answers import Completeness
from equity.stats.gap import RELATIVE_THRESHOLD, SIGNIFICANCE
from equity.vocabulary import Measure
from equity.words import comparisons, groups, headlines, measures, numbers, periods, references, remarks
from equity.words.escaping import one_line
from equity.words.judgements import Judgement
from equity.words.once import once
from equity.words.rows import records

STATUS: dict[str, Judgement] = {
    "good": Judgement("●", "good", "At least 95% is recorded."),
    "caution": Judgement("◐", "use with caution", "Between 80% and 95% is recorded."),
    "fix_first": Judgement("○", "fix this first", "Less than 80% is recorded: fix the data before reading the gap."),
    "": Judgement("–", "no data", "There are no patients here."),
}
"""The three states of completeness, each in a mark, a word and a definition."""

KINDS = {"unknown": "unknown", "not_asked": "not asked", "declined": "declined"}
"""Why a group is not recorded, in the words of the table; each is a different thing to fix, and the last is a right."""

SHARES = (
    "Recorded counts those in a group, “other” included. Unknown, not asked and declined are counted apart, out of all."
)
BOUNDS = (
    "The smallest gap puts the missing with the better result in the group and those with the worse in the reference. "
    "The largest does the reverse. To undo a gap, those with the better result would have to be the group's."
)
"""How the shares and the bounds are found."""

_KNOWN = Measure("known")
_FEWEST = 30


@dataclass(frozen=True)
class Share:
    """How much is known in one place, period or outcome. ``kinds`` are counts in the unit of n."""

    scope: str
    value: str
    name: str
    n: float
    known: float
    share: float
    kinds: dict[str, float]
    status: str


@once
def shares(answer: Completeness, *scopes: str) -> tuple[Share, ...]:
    """The rows of these scopes (all, place, period, outcome), all of them when none is named."""
    return tuple(
        Share(
            scope=str(row["scope"]),
            value=str(row["value"]),
            name=_name(answer, row),
            n=float(row["n"]),
            known=float(row["known"]),
            share=float(row["share"]),
            kinds={kind: float(row[kind]) for kind in KINDS},
            status=str(row["status"]),
        )
        for row in records(answer.rows)
        if not scopes or row["scope"] in scopes
    )


def finding(answer: Completeness) -> str:
    """The answer in one sentence: for how many the group is recorded."""
    label, share = groups.label(answer.stratifier), _share(answer)
    whom = f"all {_counted(answer)}" if share == "100%" else f"{share} of {_counted(answer)}"
    about = headlines.about(answer.measure, answer.choices)
    return headlines.fitting(
        (f"{about}: {label} recorded for {whom}.", f"{groups.started(label)} recorded for {whom}.")
    )


def what_it_comes_to(answer: Completeness) -> tuple[str, ...]:
    """What stands below the headline: how those not recorded compare, and whether that matters here."""
    return (_meaning(answer),)


def for_a_conclusion(answer: Completeness) -> str:
    """The same for the page of a conclusion, led in: what missing data means for it."""
    label = groups.started(groups.label(answer.stratifier))
    whom = f"{_share(answer)} of {_counted(answer)}"
    return f"Who is missing: {measures.lowered(label)} recorded for {whom}. {_meaning(answer)}"


def matters(answer: Completeness) -> bool:
    """Whether those without a known group fare clearly and largely otherwise than the rest."""
    known, unknown = answer.known_rate, answer.unknown_rate
    if answer.unknown_n < _FEWEST or not (numbers.known(known) and numbers.known(unknown)):
        return False
    return answer.unknown_p <= SIGNIFICANCE and abs(unknown - known) >= RELATIVE_THRESHOLD * _framed(answer, known)


def conclusion(answer: Completeness) -> tuple[str, ...]:
    """What the missing mean for the gap itself: when it could vanish, and how far it could lie from what is seen."""
    return tuple(s for s in (tipping(answer), bounds_in_words(answer)) if s)


@once
def statuses(answer: Completeness) -> tuple[str, ...]:
    """How complete the data are by site, by period and by outcome: a sentence each."""
    place = _status_sentence(f"By {_lowered_place(answer)}", shares(answer, "place"))
    period = _status_sentence("Over time", shares(answer, "period"))
    return tuple(s for s in (place, period, _outcome_sentence(answer)) if s)


def kinds_apart(answer: Completeness) -> str:
    """Not known, not asked and not shared by choice, each for itself."""
    every = shares(answer, "all")
    if not every or not every[0].n:
        return ""
    there = {word: every[0].kinds[kind] / every[0].n for kind, word in KINDS.items() if every[0].kinds[kind] > 0}
    if not there:
        return ""
    whole = numbers.share(sum(there.values()))
    parts = (
        f": {', '.join(f'{word} {numbers.share(share)}' for word, share in there.items())}" if len(there) > 1 else ""
    )
    return f"{groups.started(groups.label(answer.stratifier))} not recorded for {whole} of {_counted(answer)}{parts}."


def tipping(answer: Completeness, group: str = "") -> str:
    """When a gap could vanish: who of the missing would have to be in the group for that.

    ``group`` names the group to speak of; without it the one whose gap takes most of the missing to undo.
    """
    row = _spoken_of(answer, group)
    if row is None:
        return _no_bounds(answer)
    who, measure = groups.said(answer.stratifier, str(row["group"]), groups.noun(answer.measure)), answer.measure
    had = "met the measure" if measure.polarity == "higher_better" else "did not have this outcome"
    counted = _counted(answer)
    that = "who" if counted in ("patients", "people") else "that"
    label = groups.label(answer.stratifier)
    pool = f"{numbers.count(_with_better_outcome(answer))} {counted} {that} {had} with no recorded {label}"
    if not int(row["possible"]) or float(row["tipping_share"]) > 1:
        return f"Even if all {pool} were theirs, the gap for {who} would remain."
    share = numbers.share(float(row["tipping_share"]))
    if share.startswith("under"):
        share = numbers.count(max(round(float(row["tipping_people"])), 1))
    return f"The gap for {who} would disappear only if at least {share} of the {pool} were theirs."


def bounds_in_words(answer: Completeness, group: str = "") -> str:
    """How far the gap could lie from what is seen, whoever the missing turn out to be."""
    row = _spoken_of(answer, group)
    if row is None:
        return ""
    who = groups.said(answer.stratifier, str(row["group"]), groups.noun(answer.measure))
    lower, upper = float(row["gap_smallest"]), float(row["gap_largest"])
    n = size(answer)
    side = f" {numbers.short_side(answer.measure, lower)}" if lower * upper > 0 else ""
    span = numbers.span(numbers.gap_range(answer.measure, lower, upper, n))
    return f"Best to worst case for {who}, allowing for missing data: {span}{side}."


def chart_title(answer: Completeness) -> str:
    """The heading of the chart by site: where the data must be mended first."""
    label, places = groups.started(groups.label(answer.stratifier)), shares(answer, "place")
    if not places:
        return f"{label}: recorded for {_share(answer)} of {_counted(answer)}"
    known = [p for p in places if numbers.known(p.share)]
    worst = min(known, key=lambda p: p.share, default=None)
    if worst is None or worst.status == "good":
        return f"{label}: well recorded at every {_lowered_place(answer)}"
    return f"{label}: recorded least at {worst.name}, for {written(worst)} of {_counted(answer)}"


def over_time_title(answer: Completeness) -> str:
    """The heading of the chart over time and by outcome."""
    known = [p.share for p in shares(answer, "period") if numbers.known(p.share)]
    label = groups.started(groups.label(answer.stratifier))
    if not known:
        return f"{label}: how much is recorded, by outcome"
    low, high = numbers.share(min(known)), numbers.share(max(known))
    run = f"for {low}" if low == high else f"for {low} to {high}"
    return f"{label}: recorded {run} of {_counted(answer)} over time"


def bounds_chart_title(answer: Completeness) -> str:
    """The heading of the bounds."""
    return f"{measures.heading(answer.measure)}: best and worst case for each gap, allowing for missing data"


def how_sure(answer: Completeness) -> str:
    """How sure it is that the missing fare otherwise."""
    if answer.unknown_n < _FEWEST:
        return "There are too few without a recorded group to say how their results compare."
    if not numbers.known(answer.unknown_p):
        return "How results compare for those not recorded cannot be tested here."
    often = numbers.chance(answer.unknown_p)
    return f"If results were the same for those not recorded, a difference this large would occur {often}."


def not_known(answer: Completeness) -> tuple[str, ...]:
    """The three kinds of missing, apart."""
    return tuple(s for s in (kinds_apart(answer),) if s)


def caveats(answer: Completeness) -> tuple[str, ...]:
    """What to keep in mind when reading the answer."""
    return (
        "Choosing not to say is a person's right. Not asking is for the system to fix.",
        "Best and worst case are limits; the truth is most likely well inside them.",
        "Some groups may still be missing more often than others.",
        *remarks.said(answer.remarks),
    )


def prompt(answer: Completeness) -> str:
    """One question to open the conversation with."""
    worst = min((p for p in shares(answer, "place") if p.status == "fix_first"), key=lambda p: p.share, default=None)
    label = groups.label(answer.stratifier)
    if worst is not None:
        return f"What would make it easy to ask about {label} at {worst.name}, and what do other places do?"
    return f"Where in a visit do we ask about {label}, and how does being asked feel?"


@once
def alt_text(answer: Completeness) -> str:
    """The shares in words, a clause a row."""
    return f"Stacked bars. {chart_title(answer)}. {_every(answer, 'all', 'place')}."


@once
def over_time_alt_text(answer: Completeness) -> str:
    """The shares over time and by outcome in words."""
    return f"Stacked bars. {over_time_title(answer)}. {_every(answer, 'period', 'outcome')}."


def bounds_alt_text(answer: Completeness) -> str:
    """The bounds in words, a clause a group."""
    every = "; ".join(f"{row['Group']}: {row['Gap']}, {row['Best to worst case']}" for row in _bounds_rows(answer))
    return f"Ranges. {bounds_chart_title(answer)}. {every or _no_bounds(answer)}"


def table_caption(answer: Completeness) -> str:
    """What the tables hold."""
    what = (
        f"{groups.started(groups.label(answer.stratifier))} among {_counted(answer)} of {measures.said(answer.measure)}"
    )
    return f"{what}, {periods.title(answer.choices.period)}. Good from 95% recorded, use with caution from 80%."


def bounds_caption(answer: Completeness) -> str:
    """What the table of bounds holds."""
    reference = references.said(answer.reference, answer.stratifier, answer.measure)
    return (
        f"{measures.heading(answer.measure)}, compared with {reference}, {periods.title(answer.choices.period)}. "
        "Best and worst case, allowing for missing data."
    )


@once
def table(answer: Completeness) -> pd.DataFrame:
    """Every place, period and outcome as a row of text."""
    return pd.DataFrame([_cells(answer, s) for s in shares(answer)])


@once
def bounds_table(answer: Completeness) -> pd.DataFrame:
    """Every compared group's bounds as a row of text."""
    columns = ["Group", "Gap", "Best to worst case", "Needed to undo it", "Share of the missing"]
    return pd.DataFrame(_bounds_rows(answer), columns=columns)


def short_gap(answer: Completeness, gap: float) -> str:
    """A gap where there is little room: "13.5 pts", "about even"."""
    if numbers.is_no_gap(answer.measure, gap, size(answer)):
        return "no difference"
    return numbers.short_gap(answer.measure, gap, size(answer))


def share_in_words(answer: Completeness, share: Share) -> str:
    """One row read aloud: "Lakeshore: recorded for 77%, unknown 15%, …; fix this first"."""
    if not share.n:
        return f"{share.name}: no data"
    parts = [f"{word} {numbers.share(share.kinds[k] / share.n)}" for k, word in KINDS.items() if share.kinds[k]]
    everyone = f"{numbers.count(share.n)} {_counted(answer)}"
    known = f"{share.name}: recorded for {written(share)} of {everyone}"
    return f"{', '.join([known, *parts])}; {STATUS[share.status].word}"


def _meaning(answer: Completeness) -> str:
    """How results compare where the group is not recorded, in a sentence."""
    measure, n, unknown = answer.measure, answer.unknown_n, answer.unknown_rate
    if not n > 0:
        return "Nobody is missing from this answer."
    if n < _FEWEST:
        many = f"{_counted(answer)} ({numbers.count(n)})"
        return f"Where it is not recorded, there are too few {many} to say how results compare."
    rates = [numbers.rate(measure, r, n) for r in (unknown, answer.known_rate)]
    apart = measure.harm_sign * (unknown - answer.known_rate)
    side = numbers.side(measure, apart)
    level = "average" if measure.kind == "mean" else "rate"
    both = f"Where it is not recorded, the {level} is {rates[0]} ({rates[1]} where it is)"
    if matters(answer):
        return f"{both}: {side}, so the missing data matter here."
    if answer.unknown_p <= SIGNIFICANCE:
        return f"{both}: {side}, a clear but small difference."
    if abs(apart) >= RELATIVE_THRESHOLD * _framed(answer, answer.known_rate):
        return f"{both}. The difference could be chance."
    return f"{both}: we see no sign that missing data change this finding."


def _framed(answer: Completeness, rate: float) -> float:
    """The rate that a difference is held against: the smaller framing of a proportion."""
    return min(rate, 1 - rate) if answer.measure.kind == "proportion" else abs(rate)


def _share(answer: Completeness) -> str:
    every = shares(answer, "all")
    return numbers.share(every[0].share) if every else numbers.MISSING


def written(share: Share) -> str:
    """A share known, with a decimal where n allows, so that 94.6% does not read as the 95% that is good."""
    if share.share == 1:
        return "100%"
    return numbers.rate(_KNOWN, share.share, share.n)


def _status_sentence(start: str, found: tuple[Share, ...]) -> str:
    """ "By site: fix this first at Lakeshore (77%); read with care at …"; one clause a status, the worst first."""
    clauses = []
    for status in ("fix_first", "caution", "good"):
        named = sorted((s for s in found if s.status == status), key=lambda s: s.share)
        if named and len(named) == len([s for s in found if s.status]):
            low, high = written(named[0]), written(named[-1])
            run = low if low == high else f"{low} to {high}"
            return f"{start}: {STATUS[status].word} throughout ({run} recorded)."
        if named:
            places = groups.listed([f"{s.name} ({written(s)})" for s in named], 6)
            clauses.append(f"{STATUS[status].word}: {places}")
    return f"{start}, {'; '.join(clauses)}." if clauses else ""


def _outcome_sentence(answer: Completeness) -> str:
    found = {s.value: s for s in shares(answer, "outcome") if s.n}
    if len(found) < 2:
        return ""
    yes, no = found["yes"], found["no"]
    counted = f"{numbers.share(yes.share)} of those who met the measure and {numbers.share(no.share)} of the others"
    lead = f"By outcome, recorded for {counted}"
    return f"{lead}: the two are not missing alike." if abs(yes.share - no.share) >= 0.05 else f"{lead}."


def spoken_of(answer: Completeness) -> str:
    """The group whose gap the tipping point speaks of; empty where none is large enough."""
    row = _spoken_of(answer, "")
    return "" if row is None else str(row["group"])


@once
def _spoken_of(answer: Completeness, group: str) -> dict[str, Any] | None:
    """The row of bounds to speak of: the named group's, else that of a real gap that takes most people to undo."""
    rows = [row for row in records(answer.bounds) if float(row["gap"]) > 0]
    if group:
        return next((row for row in rows if row["group"] == group), None)
    least = RELATIVE_THRESHOLD * _framed(answer, answer.known_rate)
    large = [row for row in rows if float(row["gap"]) >= least]
    return max(large, key=lambda row: float(row["tipping_people"]), default=None)


def _no_bounds(answer: Completeness) -> str:
    if answer.bounds.empty:
        return "Best and worst case need a yes or no result and a group to compare with, so there are none here."
    return "No gap here is large enough to ask whether missing data could undo it."


def _with_better_outcome(answer: Completeness) -> float:
    """How many of the missing had the better outcome."""
    better = "yes" if answer.measure.polarity == "higher_better" else "no"
    return sum(sum(s.kinds.values()) for s in shares(answer, "outcome") if s.value == better)


@once
def _bounds_rows(answer: Completeness) -> list[dict[str, str]]:
    return [_bound(answer, row) for row in records(answer.bounds)]


def _bound(answer: Completeness, row: dict[str, Any]) -> dict[str, str]:
    measure, gap, n = answer.measure, float(row["gap"]), size(answer)
    written = numbers.gap_range(measure, float(row["gap_smallest"]), float(row["gap_largest"]), n)
    side = numbers.side(measure, gap)
    behind = gap > 0 and float(row["tipping_people"]) > 0
    able = behind and int(row["possible"]) == 1
    needed = f"{numbers.whole(float(row['tipping_people']))} {_counted(answer)}" if behind else ""
    share = numbers.share(float(row["tipping_share"])) if able else "cannot be undone" if behind else ""
    return {
        "Group": one_line(row["group"]),
        "Gap": "No difference" if numbers.is_no_gap(measure, gap, n) else f"{numbers.gap(measure, gap, n)} {side}",
        "Best to worst case": numbers.span(written),
        "Needed to undo it": needed,
        "Share of the missing": share,
    }


def _cells(answer: Completeness, share: Share) -> dict[str, str]:
    scope = {
        "all": "Overall",
        "place": groups.started(_lowered_place(answer)),
        "period": "Period",
        "outcome": "Outcome",
    }
    kinds = {groups.started(word): numbers.count(share.kinds[kind]) for kind, word in KINDS.items()}
    status = STATUS[share.status]
    return {
        "Which": share.name,
        "Of": scope[share.scope],
        groups.started(_counted(answer)): numbers.count(share.n),
        "Recorded": written(share),
        **kinds,
        "In a word": f"{status.mark} {status.word}",
    }


def _name(answer: Completeness, row: dict[str, Any]) -> str:
    value = str(row["value"])
    if row["scope"] == "period":
        return periods.said(value)
    if row["scope"] == "outcome":
        return f"{measures.heading(answer.measure)}: {value}"
    return one_line(value) if row["scope"] == "place" else "Overall"


def _every(answer: Completeness, *scopes: str) -> str:
    return "; ".join(share_in_words(answer, s) for s in shares(answer, *scopes))


def _lowered_place(answer: Completeness) -> str:
    return measures.lowered(answer.place) if answer.place else "place"


def _counted(answer: Completeness) -> str:
    return comparisons.what_is_counted(answer.measure, size(answer), answer.people)


def size(answer: Completeness) -> float:
    """The denominator over everyone, in the unit of n."""
    every = shares(answer, "all")
    return every[0].n if every else float("nan")
