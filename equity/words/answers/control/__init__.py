"""A control chart: whether there is a signal, in words.

charted.py   names of charts, why one was chosen, icons, and how a level is written
findings.py  the finding and what stands around it: who has a signal, how sure, how often a chart is wrong, a question
in_table.py  the chart as a table, and in words for those who do not see it
"""

from equity.words.answers.control.charted import (
    ASSURANCE,
    CHARTS,
    REASONS,
    VARIATION,
    charts_chosen,
    chosen_because,
    direction,
    harm_side,
    icons,
    level,
    scale,
    short_level,
    who,
)
from equity.words.answers.control.findings import (
    caveats,
    every_finding,
    false_alarms,
    finding,
    how_sure,
    icon_false_alarms,
    leaders_sentence,
    not_known,
    outcome,
    prompt,
    signals,
)
from equity.words.answers.control.in_table import alt_text, column_n, every_table, point_in_words, table, table_caption

__all__ = [
    "ASSURANCE",
    "CHARTS",
    "REASONS",
    "VARIATION",
    "alt_text",
    "caveats",
    "charts_chosen",
    "chosen_because",
    "column_n",
    "direction",
    "every_finding",
    "every_table",
    "false_alarms",
    "finding",
    "harm_side",
    "how_sure",
    "icon_false_alarms",
    "icons",
    "leaders_sentence",
    "level",
    "not_known",
    "outcome",
    "point_in_words",
    "prompt",
    "scale",
    "short_level",
    "signals",
    "table",
    "table_caption",
    "who",
]
