"""Groups and the gap over time, in words: what changed, on which side, and how sure that is.

gap_changes.py  how each group's gap changed, with the words for it, and the change that an answer is about
phrases.py      the pieces that sentences about time are made of: which side moved, by how much, over which stretch
headline.py     the finding: one group's gap, what became of it, and what each side did
context.py      what stands around the finding: titles, how sure, what is not known, other readings, a question
in_table.py     the chart as a table, and in words for those who do not see it
"""

from equity.words.answers.trends.context import (
    caveats,
    change_beside_gap,
    chart_title,
    every_change,
    how_sure,
    not_known,
    prompt,
    readings,
    which_number,
    yearly_rule,
)
from equity.words.answers.trends.gap_changes import (
    CHANGES,
    YEARLY,
    Change,
    by_group,
    changes,
    focus,
    lead,
    other_changes,
)
from equity.words.answers.trends.headline import change_in_words, finding, what_it_comes_to
from equity.words.answers.trends.in_table import alt_text, changes_table, point_in_words, table, table_caption
from equity.words.answers.trends.phrases import counted

__all__ = [
    "CHANGES",
    "YEARLY",
    "Change",
    "alt_text",
    "by_group",
    "caveats",
    "change_beside_gap",
    "change_in_words",
    "changes",
    "changes_table",
    "chart_title",
    "counted",
    "every_change",
    "finding",
    "focus",
    "how_sure",
    "lead",
    "not_known",
    "other_changes",
    "point_in_words",
    "prompt",
    "readings",
    "table",
    "table_caption",
    "what_it_comes_to",
    "which_number",
    "yearly_rule",
]
