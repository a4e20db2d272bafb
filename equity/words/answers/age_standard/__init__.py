"""Age-standardized rates in words: crude first, then as if all groups had the same ages.

headline.py  the finding, what age does to it, titles, how sure, what is not known
in_table.py  the charts as tables, and in words for those who do not see them
phrases.py   the rates as typed rows, and the pieces that these sentences are made of
"""

from equity.words.answers.age_standard.headline import (
    caveats,
    chart_title,
    finding,
    how_sure,
    not_known,
    over_time_title,
    what_it_comes_to,
)
from equity.words.answers.age_standard.in_table import (
    alt_text,
    over_time_alt_text,
    over_time_caption,
    over_time_table,
    row_in_words,
    table,
    table_caption,
)
from equity.words.answers.age_standard.phrases import (
    CRUDE,
    METHOD,
    STANDARDS,
    Row,
    column_n,
    lead,
    rows,
    standard_named,
)

__all__ = [
    "CRUDE",
    "METHOD",
    "STANDARDS",
    "Row",
    "alt_text",
    "caveats",
    "chart_title",
    "column_n",
    "finding",
    "how_sure",
    "lead",
    "not_known",
    "over_time_alt_text",
    "over_time_caption",
    "over_time_table",
    "over_time_title",
    "row_in_words",
    "rows",
    "standard_named",
    "table",
    "table_caption",
    "what_it_comes_to",
]
