"""What a column's name says of its codes: ``Readmitted (0=Yes, 1=No)``, ``screened [1 = yes; 2 = no; 9 = unknown]``."""

from __future__ import annotations

import re

from equity.intake.spellings.missing import squeeze
from equity.intake.spellings.yes_no import says_no, says_yes
from equity.vocabulary.mapping import YesNo

_ENTRY = re.compile(
    r"(?<![\w.-])(?P<code>-?\d{1,3}) ?[=:] ?(?P<said>[^\W\d_](?:[\w'’/ -]*?[^\W_])?)"
    r"(?=\s*(?:[,;|)\]}/]|$)|\s+-?\d{1,3} ?[=:])"
)


def legend_of(name: str) -> YesNo | None:
    """The codes that a column's name calls yes, no, or something else; None where it does not name a yes and a no."""
    entries = [(m["code"], m["said"]) for m in _ENTRY.finditer(squeeze(name))]
    yes = tuple(code for code, said in entries if says_yes(said))
    no = tuple(code for code, said in entries if says_no(said))
    rest = tuple(code for code, said in entries if code not in yes + no)
    return YesNo(yes, no, rest) if yes and no and not set(yes) & set(no) else None


def as_usual(legend: YesNo) -> bool:
    """Whether a legend says what is read without one: 1 is yes and 0 is no."""
    return (legend.yes, legend.no, legend.neither) == (("1",), ("0",), ())


def at_odds(one: YesNo, other: YesNo) -> bool:
    """Whether an answer is yes by one list and no (or neither) by the other; a list that says nothing has 1 for yes
    and 0 for no."""
    plain = YesNo(("1",), ("0",))
    first, second = (said if said != YesNo() else plain for said in (one, other))
    kinds = [dict.fromkeys(said.yes, "yes") | dict.fromkeys(said.no, "no") for said in (first, second)]
    kinds = [own | dict.fromkeys(said.neither, "neither") for own, said in zip(kinds, (first, second), strict=True)]
    return any(kinds[1].get(code, kind) != kind for code, kind in kinds[0].items())
