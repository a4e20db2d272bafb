"""The words of the field, each in plain sentences. Pages show them where the words stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """A word, what it means in one or two plain sentences, and the other words that lead to it."""

    word: str
    meaning: str
    also: tuple[str, ...] = ()


TERMS: tuple[Term, ...] = (
    Term(
        "Measure",
        "What is counted, such as blood pressure under control. Each measure says which way is better.",
        ("indicator",),
    ),
    Term(
        "Group by", "How people are put into groups, such as language, payer or age band.", ("stratifier", "grouping")
    ),
    Term("Group", "The people who share one answer, such as those whose language is Spanish."),
    Term("Rate", "Of all the people or visits that could count, the share that did.", ("proportion",)),
    Term(
        "Reference",
        "What a group is compared with: the best group, overall, all others, a target, or a group that you name.",
    ),
    Term("Best group", "The group with the best rate among those with enough data. It is picked once and then kept."),
    Term("Target", "The rate that the team has set out to reach.", ("aim",)),
    Term(
        "Gap",
        "How far a group is from the reference. Counted toward harm: above zero, its rate is the worse one.",
        ("difference",),
    ),
    Term(
        "Point", "The step between 60% and 61% is one point. Points are not percents of a rate.", ("percentage point",)
    ),
    Term("Ratio", "The group's rate divided by the reference's rate. A ratio of 2 means twice the rate."),
    Term(
        "Interval",
        "The range in which the true value is likely to be. Few people give a wide range, many a narrow one.",
        ("range", "95% interval", "confidence interval"),
    ),
    Term(
        "Disparity",
        "A gap that is clear and large: at least 10% of the rate, or of 100% minus the rate.",
        ("large and clear",),
    ),
    Term("Chance", "The ups and downs that come about even where nothing differs. Small groups have more of them."),
    Term(
        "Excess",
        "How many fewer people, or more, would be affected if the group had the reference's rate. It does not say why.",
        ("people affected", "excess events"),
    ),
    Term(
        "Reliable",
        "There are enough people for the rate to be read. If not, it says use with caution, or too few to read.",
        ("use with caution", "too few to read"),
    ),
    Term(
        "Hidden",
        "A number so small that it could point to a person. It is not zero and not missing.",
        ("suppressed", "not shown"),
    ),
    Term("No data", "Nothing was recorded for this group or period. It is not zero.", ("missing",)),
    Term("Not recorded", "Unknown, declined and not asked, taken together."),
    Term("Unknown", "People for whom no answer was written down. They stay in view, next to the groups."),
    Term("Declined", "People who were asked and chose not to say. That is their right, and it is not unknown."),
    Term("Spread", "The small dots: the same group's rate at each site. They show how much lies behind one dot."),
    Term("n", "How many people or visits a rate is based on.", ("denominator",)),
    Term(
        "Many comparisons",
        "Looking at many groups at once turns up some gaps by chance alone. The rule used here allows for that.",
        ("false discovery rate", "q"),
    ),
    Term(
        "Narrowed: the group improved",
        "The gap gets smaller because the group's own results get better.",
        ("closing by lifting",),
    ),
    Term(
        "Narrowed: others got worse (not an improvement)",
        "The gap gets smaller only because the others get worse.",
        ("leveling down",),
    ),
    Term("Widened", "The gap gets wider: the group falls further behind.", ("growing",)),
    Term("Signal", "A pattern on a chart over time that chance alone rarely gives."),
    Term("Control limits", "The band in which points fall while nothing changes.", ("limits",)),
    Term("Run", "Points in a row on one side of the middle line."),
    Term(
        "Run chart",
        "A chart of one rate over time with its middle line. It tells steady ups and downs from a real change.",
        ("control chart",),
    ),
    Term("Crossing", "A place where the line of a chart crosses its middle. Very few are a signal.", ("crossings",)),
    Term("Baseline", "The points that the middle line and the limits are worked out from.", ("frozen baseline",)),
    Term("Phase", "A stretch of a chart with a middle line of its own, such as after a change in care."),
    Term(
        "Smoothed",
        "A small group's own rate, drawn part of the way to what its larger groups suggest. The fewer people it has, "
        "the further it is drawn.",
        ("pooled", "partly pooled"),
    ),
    Term(
        "Expected",
        "The rate that two groupings suggest for people in both, when nothing more goes on where they meet.",
        ("expected rate",),
    ),
    Term(
        "Tipping point",
        "How many of the people whose group is not known would have to fare well, or badly, for the gap to vanish.",
        ("tipping",),
    ),
    Term(
        "Within",
        "The part of a gap that stands at the same places: people seen side by side fare differently.",
        ("within sites",),
    ),
    Term(
        "Between",
        "The part of a gap that comes from where people are seen: some places do less well for everyone.",
        ("between sites",),
    ),
    Term(
        "Standardized",
        "A rate worked out as if every group were seen at the same places in the same shares.",
        ("adjusted",),
    ),
    Term("Release", "A copy with small numbers hidden, which nobody can change, for readers outside the team."),
    Term("Clinical area", "A field of care, such as diabetes or maternal health."),
    Term("Data file", "The file that was uploaded: visits, or counts of them.", ("extract",)),
    Term("Version", "One upload of a dataset. Old versions are kept, and one can go back to them."),
)


def meaning(word: str) -> str:
    """The definition of a word, by its own name or one of its other names; an empty text for a word not listed."""
    sought = word.strip().casefold()
    return next((t.meaning for t in TERMS if sought in (t.word.casefold(), *(a.casefold() for a in t.also))), "")


def found_in(texts: Sequence[str]) -> tuple[Term, ...]:
    """The terms whose word, or one of its other names, stands in the texts, in the glossary's order; n aside."""
    whole = f" {' '.join(texts).casefold()} "
    return tuple(t for t in TERMS if any(f" {w.casefold()}" in whole for w in (t.word, *t.also) if len(w) > 3))


def matching(sought: str, among: Sequence[Term] = TERMS) -> tuple[Term, ...]:
    """The terms that hold what somebody looks for, in their word or their meaning, by the alphabet."""
    wanted = sought.strip().casefold()
    terms = [t for t in among if wanted in " ".join((t.word, t.meaning, *t.also)).casefold()]
    return tuple(sorted(terms, key=lambda t: t.word.casefold()))
