"""Groups within groups: the cell that its margins do not explain, its own rate and the smoothed one side by side.

"Smoothed" is said everywhere in one way: what the cell's own rate and the rates of its groups suggest together. A cell
with nobody in it is "no patients", never 0%.

combined.py  the answer's cells read, and how each is said
findings.py  the finding and what stands around it: titles, how sure, what is not known, a question
in_table.py  the map and the dots as a table, and in words for those who do not see them
"""

from equity.words.answers.intersections.combined import (
    POOLED,
    Cell,
    absence,
    ahead,
    cells,
    counted,
    described,
    furthest,
    nobody_said,
    standing_out,
    who,
)
from equity.words.answers.intersections.findings import (
    caveats,
    chart_title,
    dots_title,
    finding,
    found_among_all,
    how_sure,
    none_among_all,
    not_known,
    others,
    prompt,
    what_it_comes_to,
)
from equity.words.answers.intersections.in_table import alt_text, dots_alt_text, table, table_caption

__all__ = [
    "POOLED",
    "Cell",
    "absence",
    "ahead",
    "alt_text",
    "caveats",
    "cells",
    "chart_title",
    "counted",
    "described",
    "dots_alt_text",
    "dots_title",
    "finding",
    "found_among_all",
    "furthest",
    "how_sure",
    "nobody_said",
    "none_among_all",
    "not_known",
    "others",
    "prompt",
    "standing_out",
    "table",
    "table_caption",
    "what_it_comes_to",
    "who",
]
