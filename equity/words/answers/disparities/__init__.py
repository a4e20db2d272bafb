"""Groups of one stratifier compared, in words: the finding, how sure it is, and what it does not tell.

headline.py  the finding: a group's rate, the rate that it is held against, what the gap comes to; titles
context.py   what stands around it: how sure, in all, what is not known, caveats, a question
in_table.py  the chart as a table, and in words for those who do not see it
phrases.py   the pieces that these sentences are made of
"""

from equity.words.answers.disparities.context import caveats, how_sure, in_all, not_known, prompt, remarked
from equity.words.answers.disparities.headline import chart_title, finding, gap_chart_title, what_it_comes_to
from equity.words.answers.disparities.in_table import alt_text, gaps_alt_text, table, table_caption
from equity.words.answers.disparities.phrases import MANY_UNKNOWN, any_judged, column_n, compared, what_is_counted

__all__ = [
    "MANY_UNKNOWN",
    "alt_text",
    "any_judged",
    "caveats",
    "chart_title",
    "column_n",
    "compared",
    "finding",
    "gap_chart_title",
    "gaps_alt_text",
    "how_sure",
    "in_all",
    "not_known",
    "prompt",
    "remarked",
    "table",
    "table_caption",
    "what_is_counted",
    "what_it_comes_to",
]
