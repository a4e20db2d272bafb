"""Sheets of made-up answers, for the files that are made of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from equity.export.sheet import Sheet, sheets
from equity.lens.answers import Disparities
from tests import answers_for_tests as made

DAY = date(2026, 3, 4)
HOSTILE = '=HYPERLINK("http://x")</script><script>alert(1)</script>'


def of_disparities() -> tuple[Disparities, list[Sheet]]:
    answer = made.disparities()
    return answer, sheets(answer, made.STRATIFIERS, DAY)


def of_hostile_names() -> list[Sheet]:
    """The same with a group whose name is a formula and a script."""
    answer = made.disparities()
    rows = answer.rows.copy()
    rows["group"] = rows["group"].replace("Asian", HOSTILE)
    return sheets(replace(answer, rows=rows), made.STRATIFIERS, DAY)
