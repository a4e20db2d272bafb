"""Subtotals as pivot tables write them: a group once, its parts below it, and a row that adds them up."""

from __future__ import annotations

from collections.abc import Sequence

from equity.intake.spellings.missing import squeeze

FEWEST = 2
_WORDS = frozenset(
    (
        "total", "subtotal", "sub total", "sub-total", "sum", "summe", "ergebnis", "gesamt", "total de", "total for",
        "résultat", "suma", "soma", "subtotal de", "totale", "totaal", "resultado", "risultato", "resultaat",
    )
)  # fmt: skip
_GRAND = frozenset(
    (
        "grand total", "total", "gesamtergebnis", "total general", "total général", "total geral", "totale complessivo",
        "eindtotaal", "totalt", "gesamtsumme", "gesamt",
    )
)  # fmt: skip


def subtotals_of(cells: Sequence[str]) -> tuple[str, ...]:
    """The subtotals and the grand total of a column in which texts stand once above blanks and end in a subtotal
    (“North”, blank, “North Total”); empty where it is not such a column."""
    text, blanks = "", 0
    subtotals: list[str] = []
    for cell in cells:
        if cell and text and _adds_up(cell, text):
            subtotals.append(cell)
            text = ""
        elif cell:
            text = cell
        elif not text:
            return ()
        else:
            blanks += 1
    grand = [c for c in cells if squeeze(c).casefold() in _GRAND]
    return tuple(dict.fromkeys([*subtotals, *grand])) if len(subtotals) >= FEWEST and blanks else ()


def _adds_up(cell: str, text: str) -> bool:
    """Whether a label is the subtotal of another: the same words and one for total, before or behind them."""
    said, own = squeeze(cell).casefold(), squeeze(text).casefold()
    return own in said and said.replace(own, "", 1).strip(" :-") in _WORDS
