"""Categories of a stratifier: how a raw value reads, what it stands for, and in which order values are shown."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass
from typing import Literal

from equity.intake.spellings.missing import UNKNOWN_ELSEWHERE, squeeze
from equity.intake.spellings.numbers import parse_number
from equity.intake.spellings.standards import Standard, spoken, standard
from equity.intake.spellings.yes_no import parse_yes_no
from equity.vocabulary import CategoryKind, PlainError, StratifierMapping

UNKNOWN = "Unknown"
# Cells that say nothing. "None" (no insurance) and "Not asked" say something, so this is less than missing.MISSING.
SILENT = frozenset(
    [
        *(
            "",
            "na",
            "n/a",
            "n.a.",
            "#n/a",
            "nan",
            "null",
            "(null)",
            "<null>",
            "<na>",
            "\\n",
            "-",
            "--",
            "---",
            "–",
            "—",
        ),
        *(".", "..", "...", "?", "blank", "(blank)", "missing", "[missing]", "unknown", "unk"),
    ]
)
SEPARATOR = ", "
MOST_CATEGORIES = 20_000

_UNKNOWN = re.compile(
    r"""^(?:unknown\b.*|.*\bunknown|unk|unkn|missing|not\ known|not\ recorded|not\ stated|not\ reported
    |unreported|unspecified
    |not\ specified|not\ available|not\ provided|not\ documented|not\ given
    |no\ answer|no\ response|no\ data|no\ information|ni|data\ missing|missing\ data|blank|null|none\ recorded
    |unable\ to\ (?:determine|obtain|answer|assess|report).*|undetermined
    |patient\ does\ not\ know|do\ not\ know.*|dont\ know.*|asku
    |asked\ but\ unknown|masked|un|u)$""",
    re.VERBOSE,
)
_DECLINED = re.compile(
    r"""^(?:.*\bdeclined?\b.*|.*\brefused?\b.*|.*prefer(?:s|red)?\ not\ to.*|.*ch(?:oo|o)se(?:s|n)?\ not\ to.*
    |.*does\ not\ want\ to.*|not\ disclosed|.*\bnot\ to\ disclose.*|asked\ but\ no\ answer|refusal|undisclosed
    |prefiere\ no\ .*|prefiero\ no\ .*|prefere\ não\ .*|prefiro\ não\ .*|no\ responde|no\ contesta|no\ desea\ .*
    |se\ niega|rehusad?[ao]|recusou.*|recusad?[ao]|refusée?|refus|weigert|geweigerd|verweigert
    |möchte\ .*\ nicht\ .*|rifiut\w+)$""",
    re.VERBOSE,
)
_NOT_ASKED = re.compile(r"^(?:not asked.*|never asked|nask|not collected|not screened|question not asked)$")
_OTHER = re.compile(
    r"^(?:(?:some|any|all|an)? ?others?(?: races?| ethnicit\w+| languages?| payers?| categor\w+| groups?| specify)*"
    r"|(?:non hispanic|nonhispanic|nh) other(?: races?)?|other(?: races?)? (?:non hispanic|nonhispanic|nh)|2131 1|oth)$"
)
_TOTAL = re.compile(
    r"""^(?:(?:grand\ |sub\ ?)?totals?|total\ population|overall|all|everyone|entire\ population|combined|both
    |all\ (?:races?|ethnicit\w+|race\w*|groups?|persons?|people|patients?|ages?|sexes|genders?|payers?|languages?|sites?
      |states?|counties|regions?|categories|levels?|incomes?|adults|populations?|hospitals?|insurance|residents?|women|men)\b.*
    |both\ (?:sexes|genders)|total\ \w+|\w+\ total|us(?:a|\ seer\ .*)?|united\ states(?:\ total)?|us\ total
    |(?:clinic|(?:health\ )?system|hospital|practice|plan|organi[sz]ation|network|company|facility|site|district|trust
      |region|department|agency|campus|community|county|state|city|area)\ ?wide(?:\ (?:total|overall|rate|average))?
    |world|worldwide|global
    |national|nation|national\ (?:estimate|average|rate)|state\ total|statewide|citywide|countywide|nationwide
    |insgesamt|gesamt|beide\ geschlechter|ensemble|ambos\ sexos|todos|les\ deux\ sexes|(?:sex\ )?btsx)$""",
    re.VERBOSE,
)
_FOOTNOTE = re.compile(r"(?<=[\w)])(?:\(\d{1,2}\)|[†‡§¶^]+|\*+|\[\w{1,6}\])$")
_PADDED = re.compile(r"^0+(\d+)$")  # a code that one export wrote as a number and another as text
_HISPANIC = "Hispanic or Latino"
_NOT_HISPANIC = "Not Hispanic or Latino"
_MULTIRACIAL = "Multiracial"
_BETWEEN_ANSWERS = (";", "|", "/", ",", "+", "&", " and ")
_FROM_ON = re.compile(r"^(?:(\d+) ?\+|(?:≥|>=?) ?(\d+))$")  # 90+, ≥90, >89: an age that is told no closer
_CODE_AS_FLOAT = re.compile(r"^(-?\d+)\.0+$")


@dataclass(frozen=True)
class Reading:
    """A raw value read: the category it belongs to, or why its row is left out (``drop`` by the mapping, or a
    ``total``)."""

    value: str
    left_out: Literal["", "drop", "total"] = ""


def without_mark(text: str) -> str:
    """A category without the footnote mark at its end (``Mayes County(2)``, ``Asian†``)."""
    return _FOOTNOTE.sub("", squeeze(text)).strip() or squeeze(text)


def kind_of(text: str) -> CategoryKind:
    """What a category stands for, by its spelling."""
    word = spoken(text)
    if _NOT_ASKED.match(word):
        return "not_asked"
    said = squeeze(text).casefold()
    if _UNKNOWN.match(word) or said in SILENT or said in UNKNOWN_ELSEWHERE:
        return "unknown"
    if _DECLINED.match(word):
        return "declined"
    return "other" if _OTHER.match(word) else "group"


def is_total(text: str) -> bool:
    """Whether a category names everyone together (``All races``, ``Total``, ``Both sexes``)."""
    return bool(_TOTAL.match(spoken(without_mark(text))))


def has_parts(values: Iterable[str]) -> bool:
    """Whether a stratifier's values hold groups besides totals and unknowns, so that a total stands beside its
    parts."""
    return any(not is_total(v) and v.strip() and kind_of(v) in ("group", "other") for v in values)


class StratifierReader:
    """Reads raw values of one stratifier as its mapping says.

    ``parts``: totals stand beside their parts and are left out (never for one line an event).
    """

    def __init__(self, mapping: StratifierMapping, parts: bool) -> None:
        self._mapping = mapping
        self._parts = parts
        self._standard: Standard | None = standard(mapping.standard) if mapping.standard else None
        self._exactly = {squeeze(k): squeeze(v) for k, v in mapping.recode.items()}
        self._recode = {spoken(k): squeeze(v) for k, v in mapping.recode.items()}
        self._drop = {spoken(d) for d in mapping.drop}
        self._keep = {spoken(k) for k in mapping.keep}
        self._choices = tuple(mapping.choices.get(column, "") for column in mapping.columns)

    def read(self, raw: Sequence[str]) -> Reading:
        """The category of one line's cells, joined when the stratifier stands in several columns."""
        cells = [self._cell(cell, choice) for cell, choice in zip(raw, self._choices, strict=True)]
        joined = SEPARATOR.join(c or UNKNOWN for c in cells) if len(cells) > 1 else cells[0]
        if spoken(joined) in self._drop or any(spoken(c) in self._drop for c in cells if c):
            return Reading(joined, "drop")
        recoded = self._recoded(joined)
        if recoded is not None:
            return Reading(recoded, "drop") if spoken(recoded) in self._drop else Reading(recoded)
        if self._parts and any(is_total(c) and spoken(c) not in self._keep for c in cells):
            return Reading(joined, "total")
        cells = [self._recoded(c) or c for c in cells]
        return Reading(self._combined(cells) if len(cells) > 1 else self._one(cells[0]))

    def says_itself(self, raw: Sequence[str]) -> bool:
        """Whether the mapping's recode gives a line's cells the name that they are spelled by, so that no other
        spelling is the same."""
        return any(self._exactly.get(squeeze(cell)) == squeeze(cell) for cell in raw)

    def _cell(self, raw: str, choice: str) -> str:
        cell = without_mark(raw)
        if choice:
            ticked = parse_yes_no(cell).value
            no = _NOT_HISPANIC if choice == _HISPANIC else ""
            return choice if ticked == 1 else no if ticked == 0 else cell
        if self._mapping.bands:
            return _band(cell, self._mapping.bands)
        return _CODE_AS_FLOAT.sub(r"\1", cell)

    def _recoded(self, cell: str) -> str | None:
        return self._exactly.get(cell) or self._recode.get(spoken(cell))

    def _one(self, cell: str) -> str:
        if self._standard is not None:
            category = self._standard.find(cell)
            if category is not None:
                return category.value
            several = self._several(cell) if self._by_race else None
            if several is not None:
                return several
        return UNKNOWN if cell.casefold() in SILENT else cell

    @property
    def _by_race(self) -> bool:
        return self._standard is not None and self._standard.name.startswith("omb")

    def _several(self, cell: str) -> str | None:
        """Several answers in one cell (``White; Asian``) as one category, where the list knows each of them."""
        assert self._standard is not None
        for separator in _BETWEEN_ANSWERS:
            parts = [p for p in (part.strip() for part in cell.split(separator)) if p]
            if len(parts) < 2:
                continue
            categories = [self._standard.find(p) for p in parts]
            if all(f is not None or _says_not_hispanic(p) for f, p in zip(categories, parts, strict=True)):
                return _one_answer([f.value for f in categories if f is not None])
        return None

    def _combined(self, cells: list[str]) -> str:
        """Race and ethnicity as one answer after OMB 2024: Hispanic where the question of ethnicity says so, several
        races as multiracial, and a race where ethnicity says no more."""
        if not self._by_race:
            values = [self._one(cell) for cell in cells]
            return UNKNOWN if all(v == UNKNOWN for v in values) else SEPARATOR.join(values)
        values = [self._one(cell) for cell in cells]
        if _HISPANIC in values:
            return _HISPANIC
        return _one_answer([v for v in values if not _says_not_hispanic(v)])


def _one_answer(values: Sequence[str]) -> str:
    """One category for all that a person answered."""
    groups = list(dict.fromkeys(v for v in values if kind_of(v) in ("group", "other")))
    if len(groups) > 1:
        return _MULTIRACIAL
    return groups[0] if groups else next((v for v in values if v != UNKNOWN), UNKNOWN)


def _band(cell: str, bands: Sequence[float]) -> str:
    """The band of a number, named by its ends (``18-44``); a cell without a number stays as it is."""
    open_end = _FROM_ON.match(cell)
    number = float(open_end[1] or open_end[2]) if open_end else parse_number(cell).value
    if number is None or (open_end and number < bands[-1]):
        return cell
    place = bisect_right(bands, number)
    below = f"under {bands[0]:g}" if bands[0] > 0 else ""
    if place == 0:
        return below or cell
    return f"{bands[-1]:g}+" if place == len(bands) else f"{bands[place - 1]:g}-{bands[place] - 1:g}"


def one_spelling(counts: ReadOnly[str, int]) -> dict[str, str]:
    """The spelling under which values that are one stand, the commonest of them: those that differ by case, blanks or a
    zero in front. Only values that stand under another spelling are in it.
    """
    alike: dict[str, list[str]] = defaultdict(list)
    for value in counts:
        alike[_PADDED.sub(r"\1", squeeze(value).casefold())].append(value)
    return {
        value: best
        for values in alike.values()
        if len(values) > 1
        for best in [min(values, key=lambda v: (-counts[v], v.isupper() or v.islower(), v))]
        for value in values
        if value != best
    }


def _says_not_hispanic(value: str) -> bool:
    return spoken(value).replace("non ", "not ").replace("nonhispanic", "not hispanic").startswith("not hispanic") or (
        spoken(value) in ("2186 5", "no", "n", "nh")
    )


def check_count(values: int, mapping: StratifierMapping, file: str) -> None:
    """Raise :class:`PlainError` when a column has so many values that it groups nobody."""
    if values > MOST_CATEGORIES:
        columns = " and ".join(f"“{c}”" for c in mapping.columns)
        raise PlainError(
            f"{file}, column {columns}: more than {MOST_CATEGORIES:,} different values group nobody; "
            f"take [stratifiers.{mapping.name}] out of the mapping or map a coarser column."
        )
