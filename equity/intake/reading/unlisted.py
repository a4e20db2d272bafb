"""Reasons not to count that stand in the rows and not in the mapping: a look at the first rows did not meet them."""

from __future__ import annotations

from equity.cube.engines.connection import Connection
from equity.intake.columns.column_names import heard
from equity.intake.spellings.missing import MISSING, squeeze
from equity.intake.spellings.reasons import SAYS_OUT
from equity.intake.spellings.yes_no import says_no
from equity.vocabulary import Mapping, Problem

NAMED = 4
MOST = 200


def unlisted_reasons(connection: Connection, mapping: Mapping) -> list[Problem]:
    """A finding for each column of exclusions with values over all rows that ``leave_out`` does not list."""
    problems = []
    for number, (column, listed) in enumerate(mapping.leave_out.items()):
        if not SAYS_OUT.search(heard(column)):
            continue
        known = {squeeze(v).casefold() for v in listed} | MISSING
        texts = connection.execute(
            f"SELECT trim(sifted_{number}), count(*) FROM staged GROUP BY trim(sifted_{number}) ORDER BY 2 DESC"
        ).fetchmany(MOST)
        others = [
            (text, count)
            for text, count in texts
            if text and squeeze(text).casefold() not in known and not says_no(text)
        ]
        if others:
            named = ", ".join(f"“{text}” ({count:,})" for text, count in others[:NAMED])
            more = "…" if len(others) > NAMED else ""
            problems.append(
                Problem(
                    "warning",
                    "unlisted_reason",
                    f"“{column}” also says {named}{more}: those lines are counted, for “leave_out” does not list them.",
                    "Add them to leave_out under [extract], unless they do count.",
                    column,
                    count=sum(count for _, count in others),
                )
            )
    return problems
