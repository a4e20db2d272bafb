"""Gap breakdown: between the places where groups are seen, or within them; and when the whole misleads.

within_places.py  the answer's parts and places read, and the part that it is about
phrases.py        the pieces that sentences about places are made of
headline.py       the finding: both rates overall, and that the whole misleads or how the gap divides
context.py        what stands around the finding: titles, how sure, what is not known, a question
in_table.py       the charts as tables, and in words for those who do not see them
"""

from equity.words.answers.gap_sources.context import (
    caveats,
    chart_title,
    how_sure,
    not_known,
    prompt,
    split_chart_title,
)
from equity.words.answers.gap_sources.headline import (
    adjusted_in_words,
    alarm,
    finding,
    split_in_words,
    what_it_comes_to,
)
from equity.words.answers.gap_sources.in_table import (
    alt_text,
    gaps_n,
    overall_in_words,
    part_in_words,
    split_alt_text,
    strata_table,
    stratum_gap,
    stratum_in_words,
    table,
    table_caption,
)
from equity.words.answers.gap_sources.phrases import ADJUSTED, SPLIT, both_rates, counted, gap_in_short, reference_name
from equity.words.answers.gap_sources.within_places import Part, Stratum, Triple, focus, lead, parts, places_n, strata

__all__ = [
    "ADJUSTED",
    "SPLIT",
    "Part",
    "Stratum",
    "Triple",
    "adjusted_in_words",
    "alarm",
    "alt_text",
    "both_rates",
    "caveats",
    "chart_title",
    "counted",
    "finding",
    "focus",
    "gap_in_short",
    "gaps_n",
    "how_sure",
    "lead",
    "not_known",
    "overall_in_words",
    "part_in_words",
    "parts",
    "places_n",
    "prompt",
    "reference_name",
    "split_alt_text",
    "split_chart_title",
    "split_in_words",
    "strata",
    "strata_table",
    "stratum_gap",
    "stratum_in_words",
    "table",
    "table_caption",
    "what_it_comes_to",
]
