"""What a card offers to a decision: the clinical areas that it is about, and the single gaps that it shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from equity.focus.candidates import GapCandidate
from equity.lens.tables import columns_of
from equity.vocabulary import Description

if TYPE_CHECKING:
    import pandas as pd

    from equity.cards.card import Card

MOST = 12
"""More gaps than this are not offered under one card: the others have pages of their own."""


def candidates(card: Card, held: Description) -> tuple[str | GapCandidate, ...]:
    """The areas, then the gaps toward harm, as the card's answer ranks them; nothing for a measure without polarity."""
    rows = card.numbers()
    wishes = card.recipe.wishes
    asked, by = wishes.get("measure", ""), wishes.get("by", "")
    gaps = list(dict.fromkeys(_gaps(rows, asked, by)))[:MOST]
    area_of = {m.name: m.clinical_area for m in held.measures if m.polarity != "neutral"}
    gaps = [gap for gap in gaps if gap.measure in area_of]
    about = [asked, *(gap.measure for gap in gaps)]
    areas = dict.fromkeys(area_of[name] for name in about if area_of.get(name))
    return (*areas, *gaps)


def _gaps(rows: pd.DataFrame, measure: str, by: str) -> Iterator[GapCandidate]:
    """The groups that fare worse in the answer's own table; in its latest period, where it has periods."""
    if not {"group", "gap"} <= set(rows.columns) or not ({"measure", "by"} <= set(rows.columns) or (measure and by)):
        return
    if "period" in rows.columns and len(rows):
        rows = rows[rows["period"] == rows["period"].max()]
    columns = columns_of(rows)
    for at in range(len(rows)):
        if float(columns["gap"][at]) > 0 and str(columns["kind"][at] if "kind" in columns else "group") in (
            "group",
            "other",
        ):
            yield GapCandidate(
                str(columns["measure"][at]) if "measure" in columns else measure,
                str(columns["by"][at]) if "by" in columns else by,
                str(columns["group"][at]),
            )
