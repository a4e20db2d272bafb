"""A headline read back and held against its answer: group, direction, both rates, count, certainty.

What stands here knows nothing of how sentences are made: it reads figures and words out of the text, and compares them
with the numbers of the answer.
"""

from __future__ import annotations

import math
import re

from equity.lens.answers import (
    AgeStandardized,
    Areas,
    Completeness,
    ControlChart,
    Disparities,
    GapSources,
    InequalityOverTime,
    Intersections,
    Pace,
    SiteFunnel,
    Summary,
    Trends,
)
from equity.words.answers.tables import Answer
from equity.words.rows import GroupRow, group_rows, records
from tests.words.figures import FIGURE, first_rate_in, is_written, last_rate_in, scale_of
from tests.words.read_back_charts import at_equal_ages, charted, funnel, inequality

_CLEAR = ("disparity", "large_uncertain", "small_certain")


def contradictions(answer: Answer, text: str, below: tuple[str, ...]) -> tuple[str, ...]:
    """What a headline says that its answer does not; empty when they agree."""
    more = " ".join(below)
    if isinstance(answer, Disparities):
        return tuple(_compared(answer, text, more))
    if isinstance(answer, Trends):
        return tuple(_over_time(answer, text, more))
    if isinstance(answer, Areas):
        return tuple(_areas(answer, text))
    if isinstance(answer, Completeness):
        return tuple(_complete(answer, text))
    if isinstance(answer, Summary):
        return tuple(_summary(answer, text))
    if isinstance(answer, GapSources):
        return tuple(_sources(answer, text))
    if isinstance(answer, Intersections):
        return tuple(_crossed(answer, text))
    if isinstance(answer, Pace):
        return tuple(_pace(answer, text))
    if isinstance(answer, ControlChart):
        return tuple(charted(answer, text))
    if isinstance(answer, SiteFunnel):
        return tuple(funnel(answer, text))
    if isinstance(answer, InequalityOverTime):
        return tuple(inequality(answer, text))
    if isinstance(answer, AgeStandardized):
        return tuple(at_equal_ages(answer, text))
    return ("nobody reads this kind of answer",)


def _named(part: str, rows: tuple[GroupRow, ...]) -> GroupRow | None:
    """The group that a part of a sentence names: the longest name that stands in it."""
    said = part.casefold()
    aliases = {"commercial": "commercial insurance", "uninsured": "without insurance"}
    found = [r for r in rows if r.group.casefold() in said or aliases.get(r.group.casefold(), "?") in said]
    return max(found, key=lambda r: len(r.group), default=None)


def _compared(answer: Disparities, text: str, more: str) -> list[str]:
    rows = group_rows(answer.rows)
    _, _, finding = text.rstrip(".").partition(": ")
    if "no data" in finding or "too small to show" in finding or "nothing to compare" in finding:
        return ["says nothing is compared"] if any(r.compared for r in rows) else []
    if "no gap is judged" in finding:
        return _unjudged(answer, finding, rows)
    if answer.measure.polarity == "neutral" or "no clear gap" in finding or "no group is clearly" in finding:
        return _no_gap(answer, finding, rows)
    if "no gap is judged" in finding:
        judged = any(r.compared and r.gap_lower == r.gap_lower for r in rows)
        return ["there are ranges"] if judged else []
    own, _, other = finding.partition(". ")
    row, scale = _named(own, rows), scale_of(answer.measure)
    if row is None:
        return ["names no group"]
    said = []
    if not is_written(first_rate_in(own), row.rate * scale):
        said.append(f"the group's rate is {row.rate * scale}")
    sign = answer.measure.harm_sign
    reference = answer.reference.rate if math.isfinite(answer.reference.rate) else row.rate - sign * row.gap
    if not is_written(last_rate_in(other), reference * scale):
        said.append(f"the other rate is {reference * scale}")
    written = (first_rate_in(own), last_rate_in(other))
    first, second = (float(FIGURE.search(each)[2].replace(",", "")) for each in written)  # type: ignore[index]
    if (first - second) * sign < 0 or not row.gap > 0:
        said.append("the direction is the other way")
    if answer.reference.kind in ("best", "group") and answer.reference.told_apart:
        named = _named(other, rows)
        if named is None or named.group != answer.reference.group:
            said.append(f"the comparison is {answer.reference.group}")
    said += _extreme(answer, other, rows)
    return [*said, *_certainty(row, more), *_count(answer, row, more, reference * scale)]


def _extreme(answer: Disparities, other: str, rows: tuple[GroupRow, ...]) -> list[str]:
    """Whether a rate that is called the highest or the lowest is that of all groups that can be read."""
    end = re.search(r"\b(highest|lowest) (?:rate|average)(?! among larger groups)", other, re.IGNORECASE)
    if end is None:
        return []
    seen = [r.rate for r in rows if r.visible and r.kind == "group" and r.reliability != "too_few"]
    sign = -1 if end[1].casefold() == "highest" else 1
    beyond = [rate for rate in seen if sign * (rate - answer.reference.rate) < -1e-12]
    return [f"the {end[1]} is {beyond}"] if beyond else []


def _unjudged(answer: Disparities, finding: str, rows: tuple[GroupRow, ...]) -> list[str]:
    """No gap has a p; a source is said to give no ranges only where no group has one; the rates are the groups' own."""
    seen = [r for r in rows if r.compared or (r.verdict == "reference" and r.visible)]
    said = ["a gap is judged"] if any(r.compared and math.isfinite(r.p) for r in seen) else []
    if "source gives no ranges" in finding and any(math.isfinite(r.lower) for r in seen):
        said.append("the source gives ranges")
    highest = max(r.rate for r in seen) * scale_of(answer.measure)
    if not is_written(last_rate_in(finding), highest):
        said.append(f"the highest is {highest}")
    return said


def _no_gap(answer: Disparities, finding: str, rows: tuple[GroupRow, ...]) -> list[str]:
    neutral = answer.measure.polarity == "neutral"
    behind = [r for r in rows if r.compared and r.gap > 0 and r.verdict in _CLEAR and r.kind in ("group", "other")]
    said = ["a group is behind"] if behind and not neutral else []
    ahead = any(r.compared and r.gap < 0 and r.verdict in ("disparity", "small_certain") for r in rows)
    if not neutral and ahead != ("no group is clearly" in finding):
        said.append("whether others are clearly ahead is not said")
    seen = [r for r in rows if r.visible and r.reliability != "too_few" and (r.compared or r.verdict == "reference")]
    if neutral:
        seen = [r for r in rows if r.visible and r.reliability != "too_few" and r.kind in ("group", "other")]
    ends = re.search(r"(?:from|lowest) (.+?)(?: to |\. Highest )(.+)", finding)
    if ends and seen:
        scale = scale_of(answer.measure)
        low, high = min(r.rate for r in seen) * scale, max(r.rate for r in seen) * scale
        if not (is_written(last_rate_in(ends[1]), low) and is_written(last_rate_in(ends[2]), high)):
            said.append(f"rates run from {low} to {high}")
    return said


def _certainty(row: GroupRow, more: str) -> list[str]:
    chance, small = "could be chance" in more, "small but clear" in more
    judged = math.isfinite(row.p)
    if chance != (row.verdict == "large_uncertain" and judged) or small != (row.verdict == "small_certain"):
        return [f"the verdict is {row.verdict}"]
    return []


def _count(answer: Disparities, row: GroupRow, more: str, reference: float) -> list[str]:
    ends = re.search(r"At .+?, .*?([\d,]+) to ([\d,]+) (?:more|fewer)\b.*\(95% range\)\.$", more)
    if ends is not None:
        both = is_written(ends[1], row.excess_lower) and is_written(ends[2], row.excess_upper)
        return [] if both else [f"the range is {row.excess_lower} to {row.excess_upper}"]
    found = re.search(
        r"^(?:.*?\. )?At (.+?), .*?about ([\d,]+) (more|fewer)\b.*?(?:\(95% range ([\d,]+)–([\d,]+)\))?\.$", more
    )
    if found is None:
        expected = answer.measure.kind != "mean" and row.verdict != "large_uncertain" and round(row.excess or 0) >= 1
        return ["the count is left out"] if expected and math.isfinite(row.excess) else []
    said = []
    way = "fewer" if answer.measure.polarity == "lower_better" else "more"
    if not is_written(found[2], row.excess) or found[3] != way:
        said.append(f"the count is {row.excess} {way}")
    if not is_written(found[1], reference):
        said.append(f"the count is at {reference}")
    if found[4] and not (is_written(found[4], row.excess_lower) and is_written(found[5], row.excess_upper)):
        said.append(f"the range is {row.excess_lower} to {row.excess_upper}")
    return said


def _over_time(answer: Trends, text: str, more: str) -> list[str]:
    changes = list(records(answer.leading))
    _, _, finding = text.partition(": ")
    gap = finding.partition("So the gap")[2] or finding
    named = [c for c in changes if str(c["group"]).casefold() in gap.casefold()]
    if not named:
        return []
    change, scale = max(named, key=lambda c: len(str(c["group"]))), scale_of(answer.measure)
    words = {
        "closing_by_lifting": "narrowed" in finding and "So the gap" not in finding,
        "levelling_down": "So the gap" in finding and "not an improvement" in more and "reason only" in more,
        "widening": " grew" in finding,
    }
    said = [
        f"the verdict is {change['verdict']}"
        for verdict, there in words.items()
        if there != (change["verdict"] == verdict)
    ]
    moved = re.search(r"(?:narrowed|grew|fell|rose) by ([\d,.]*\d)", finding)
    if moved and not is_written(moved[1], abs(float(change["gap_change"])) * scale):
        said.append(f"the gap changed by {change['gap_change']}")
    ends = re.search(r"95% range: ([\d,.]+)–([\d,.]*\d)", finding)
    limits = sorted(abs(float(change[f"gap_change_{end}"])) * scale for end in ("lower", "upper"))
    if ends and not all(is_written(w, v) for w, v in zip(ends.groups(), limits, strict=True)):
        said.append(f"the range is {limits}")
    return said


def _areas(answer: Areas, text: str) -> list[str]:
    clear = answer.rows[answer.rows["rank"].astype(float).notna()]
    said = []
    among = re.search(r"([\d,]+) gaps? (?:is|are) clear among ([\d,]+) comparisons", text)
    if among and not (is_written(among[1], len(clear)) and is_written(among[2], answer.tests)):
        said.append(f"{len(clear)} of {answer.tests} are clear")
    of = re.search(r"(\d+) of (\d+) clinical areas", text)
    if of and (int(of[1]), int(of[2])) != (clear["clinical_area"].nunique(), len(answer.areas)):
        said.append(f"{clear['clinical_area'].nunique()} areas have a clear gap")
    if ("none of" in text) != (len(clear) == 0 and answer.tests > 0):
        said.append("whether there is a clear gap")
    return said


def _complete(answer: Completeness, text: str) -> list[str]:
    share = next((float(r["share"]) for r in records(answer.rows) if r["scope"] == "all"), math.nan)
    if "recorded for all" in text:
        return [] if share > 0.995 else [f"the share is {share}"]
    found = re.search(r"recorded for ((?:under |over )?[\d.]+%)", text)
    return [] if found and is_written(found[1], share * 100) else [f"the share is {share}"]


def _summary(answer: Summary, text: str) -> list[str]:
    said = []
    if ("could be chance" in text) != (answer.omnibus_p > 0.05 and bool(answer.best and answer.worst)):
        said.append(f"p is {answer.omnibus_p}")
    ends = re.search(r"from (.+?) \((.+?)\) to (.+?) \((.+?)\)\.$", text)
    if ends:
        scale, rates = scale_of(answer.measure), {answer.best: answer.best_rate, answer.worst: answer.worst_rate}
        for written, name in ((ends[1], ends[2]), (ends[3], ends[4])):
            if not is_written(first_rate_in(written), rates.get(name, math.nan) * scale):
                said.append(f"{name} has {rates.get(name)}")
    return said


def _sources(answer: GapSources, text: str) -> list[str]:
    _, _, finding = text.partition(": ")
    parts = list(records(answer.parts))
    clear = [p for p in parts if float(p["gap_lower"]) > 0 or (p["simpson"] and float(p["gap"]) > 0)]
    if "no clear gap" in finding or "no gap is broken down" in finding:
        return ["there is a clear gap"] if clear else []
    if "nothing to break down" in finding:
        return ["groups are compared"] if parts else []
    named = [
        p
        for p in parts
        if float(p["crude"]) == float(p["crude"])
        and is_written(first_rate_in(finding), float(p["crude"]) * scale_of(answer.measure))
    ]
    return [] if any(float(p["gap"]) > 0 for p in named) else ["no group has this rate and a gap"]


def _crossed(answer: Intersections, text: str) -> list[str]:
    found = re.search(
        r": ((?:under |over )?[\d.,]+%?).*\. ((?:under |over )?[\d.,]*\d%?)(?: \w+)? was expected\.$", text
    )
    if found is None:
        return []
    scale = scale_of(answer.measure)
    cells = [r for r in records(answer.rows) if is_written(found[1], float(r["rate"]) * scale)]
    agree = [r for r in cells if is_written(found[2], float(r["expected"]) * scale)]
    apart = [r for r in agree if not float(r["pooled_lower"]) <= float(r["expected"]) <= float(r["pooled_upper"])]
    return [] if apart else ["no cell stands out with these rates"]


def _pace(answer: Pace, text: str) -> list[str]:
    said = []
    if "closes in" in text and answer.status != "closes":
        said.append(f"the status is {answer.status}")
    if "will not close" in text and (
        answer.status != "never_at_this_pace" or math.isfinite(answer.periods_to_close_lower)
    ):
        said.append("it may close")
    size = re.search(r"\(([\d.,]+) ?points?\)", text)
    if size and not is_written(size[1], answer.gap * 100):
        said.append(f"the gap is {answer.gap}")
    return said
