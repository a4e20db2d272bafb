"""Who is missing, in words: how many have a recorded group, and what that means for a conclusion.

recorded.py  shares recorded, by site and time, with the words for how complete they are
phrases.py   the pieces that sentences about missing groups are made of
headline.py  the finding: for how many the group is recorded, and whether those missing matter
context.py   what stands around the finding: by site and over time, titles, how sure, a question
in_table.py  the charts as tables, and in words for those who do not see them
"""

from equity.words.answers.completeness.context import (
    bounds_chart_title,
    caveats,
    chart_title,
    how_sure,
    kinds_apart,
    not_known,
    over_time_title,
    prompt,
    statuses,
)
from equity.words.answers.completeness.headline import (
    bounds_in_words,
    conclusion,
    finding,
    for_a_conclusion,
    has_cases,
    matters,
    tipping,
    what_it_comes_to,
)
from equity.words.answers.completeness.in_table import (
    alt_text,
    bounds_alt_text,
    bounds_caption,
    bounds_table,
    over_time_alt_text,
    table,
    table_caption,
)
from equity.words.answers.completeness.phrases import share_in_words, short_gap, spoken_of
from equity.words.answers.completeness.recorded import (
    BOUNDS,
    KINDS,
    SHARES,
    STATUS,
    Share,
    judged,
    shares,
    size,
    written,
)

__all__ = [
    "BOUNDS",
    "KINDS",
    "SHARES",
    "STATUS",
    "Share",
    "alt_text",
    "bounds_alt_text",
    "bounds_caption",
    "bounds_chart_title",
    "bounds_in_words",
    "bounds_table",
    "caveats",
    "chart_title",
    "conclusion",
    "finding",
    "for_a_conclusion",
    "has_cases",
    "how_sure",
    "judged",
    "kinds_apart",
    "matters",
    "not_known",
    "over_time_alt_text",
    "over_time_title",
    "prompt",
    "share_in_words",
    "shares",
    "short_gap",
    "size",
    "spoken_of",
    "statuses",
    "table",
    "table_caption",
    "tipping",
    "what_it_comes_to",
    "written",
]
