"""The form of the files that were read, and what of it is unlike the form of those before: a mapping that was kept
fits the columns still, and may not fit what stands in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from equity.cube.engines.connection import Connection
from equity.intake.spellings.amounts import amount
from equity.intake.spellings.missing import MISSING, squeeze
from equity.vocabulary import Problem
from equity.vocabulary.form import Form

MOST_ANSWERS = 40
MOST_SHAPES = 12
JUMP = 20.0
NAMED = 4
FORM_CODES = ("form_decimal", "form_periods", "form_day_first", "form_answers", "form_level")


def form_of(
    connection: Connection, rows: str, staged: Sequence[str], decimal: str, day_first: bool, estimates: bool
) -> Form:
    """The form of the staged texts and of the facts, which ``rows`` says as SQL to select from."""
    return Form(
        decimal=decimal,
        periods=_shapes(connection) if "period" in staged else (),
        day_first=day_first,
        answers=_answers(connection, staged),
        levels=_levels(connection, rows, estimates),
    )


def _shapes(connection: Connection) -> tuple[str, ...]:
    texts = connection.execute("SELECT text FROM period_words WHERE state = 'value'").fetchall()
    shapes = sorted({shape(text) for (text,) in texts})
    return tuple(shapes) if len(shapes) <= MOST_SHAPES else ()


def shape(text: str) -> str:
    """A period's text with 9999 for a year, 9 for other numbers and a for a word."""
    years = re.sub(r"\d{4,}", "####", squeeze(text).casefold())
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "9", years)).replace("####", "9999")


def _answers(connection: Connection, staged: Sequence[str]) -> tuple[str, ...]:
    if "x" not in staged:
        return ()
    # Plain numbers are not among these words, so that a hundred million different ones cost nothing.
    texts = connection.execute("SELECT text FROM x_words").fetchmany(MOST_ANSWERS * 2)
    words = {squeeze(text).casefold() for (text,) in texts if text is not None}
    said = sorted(w for w in words if w not in MISSING and any(c.isalpha() for c in w))
    return tuple(said) if len(words) <= MOST_ANSWERS else ()


def _levels(connection: Connection, rows: str, estimates: bool) -> tuple[tuple[str, float], ...]:
    level = "median(abs(estimate))" if estimates else "sum(x) / nullif(sum(n), 0)"
    known = "estimate IS NOT NULL" if estimates else "NOT hidden"
    levels = connection.execute(
        f"SELECT CAST(measure AS VARCHAR) AS name, {level} FROM {rows} WHERE {known} GROUP BY name ORDER BY name"
    ).fetchall()
    return tuple((name, float(value)) for name, value in levels if value)


def form_changes(before: Form, now: Form) -> list[Problem]:
    """Findings where files are written otherwise than those before them; their codes are FORM_CODES."""
    problems: list[Problem] = []
    if before.decimal and now.decimal and before.decimal != now.decimal:
        text = f"Numbers are now written with the decimal mark “{now.decimal}”; before it was “{before.decimal}”."
        problems.append(_changed("form_decimal", text, "Check a few numbers, or write decimal under [extract]."))
    new = sorted(set(now.periods) - set(before.periods)) if before.periods else []
    if new:
        text = f"Periods are now written like “{new[0]}”; before they were written like “{before.periods[0]}”."
        problems.append(_changed("form_periods", text, "Check the first and the last period."))
    if before.day_first != now.day_first and set(before.periods) & set(now.periods):
        which = "day comes first" if now.day_first else "month comes first"
        text = f"In dates the {which} now, which it did not before."
        problems.append(_changed("form_day_first", text, "Check, and write dates under [extract] in the mapping."))
    words = sorted(set(now.answers) - set(before.answers)) if before.answers else []
    if words:
        named = ", ".join(f"“{w}”" for w in words[:NAMED]) + ("…" if len(words) > NAMED else "")
        text = f"The outcome has {amount(len(words), 'answer', 'answers')} that did not occur before: {named}."
        problems.append(_changed("form_answers", text, "Say under yes, no or neither of [extract] what they mean."))
    earlier = dict(before.levels)
    for name, level in now.levels:
        was = earlier.get(name)
        if was and not 1 / JUMP < level / was < JUMP:
            text = f"“{name}” is now about {level:.3g} where it was about {was:.3g}: its unit may have changed."
            problems.append(_changed("form_level", text, "Compare with the source, and mend scale or multiplier."))
    return problems


def _changed(code: str, message: str, remedy: str) -> Problem:
    return Problem("warning", code, message, remedy)
