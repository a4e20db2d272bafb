"""A column that says which statistic a row's number is (Number, Rate, Percent): no group, and one of them is read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from equity.intake.columns.profile import ColumnProfile
from equity.vocabulary import Answer, OpenQuestion, Setting

MOST_ANSWERS = 4
_AMOUNT = r"(?:total |raw )?(?:numbers?|counts?|n|#)(?: of (?:persons|people|cases|deaths|events|patients))?"
_SHARE = (
    r"(?:crude |observed |age[- ]?(?:adjusted|standardi[sz]ed) |adjusted |standardi[sz]ed |raw )*"
    r"(?:rates?|percent(?:age)?s?|proportions?|prevalence|share|%|means?|medians?|averages?|ratios?)"
    r"(?: per .*| \(.*\))?"
)
_END = (
    r"(?:low|lower|high|upper)\b.*|.*\b(?:confidence|credible|uncertainty)\b.*|(?:standard|std\.?) errors?|se|lcl|ucl"
)
_STATISTIC = re.compile(rf"^(?:{_AMOUNT}|{_SHARE}|{_END})$")
_IS_SHARE, _IS_END = re.compile(rf"^{_SHARE}$"), re.compile(rf"^(?:{_END})$")


def tells_statistics(column: ColumnProfile) -> bool:
    """Whether all of a column's values name statistics, a rate or a share among them."""
    values = [v.casefold() for v in column.values]
    return len(values) > 1 and all(map(_STATISTIC.match, values)) and any(map(_IS_SHARE.match, values))


def ask_statistic(column: ColumnProfile) -> OpenQuestion:
    """Which of the statistics is read; what is the end of a range is none to choose."""
    own = [v for v in column.values if not _IS_END.match(v.casefold())]
    offered = sorted(own, key=lambda v: not _IS_SHARE.match(v.casefold()))[:MOST_ANSWERS]
    return OpenQuestion(
        f"repeats:{column.name}",
        (column.name,),
        f"“{column.name}” says what each row's number is ({_listed(own)}), and they are never read together: which is?",
        tuple(Answer(f"only “{v}”", (Setting(("extract", "only", column.name), (v,)),)) for v in offered),
        0.6,
        "rates can be compared between groups",
    )


def _listed(values: Sequence[str]) -> str:
    return ", ".join(f"“{v}”" for v in values[:MOST_ANSWERS])
