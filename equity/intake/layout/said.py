"""What a column's name says besides its measure: a year or another period, a group, or a comparison of two groups."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from equity.intake.columns.categories import is_total
from equity.intake.spellings.missing import squeeze
from equity.intake.spellings.standards import standard

LISTS = ("omb-2024", "sex", "payer", "age-bands", "deprivation-fifths")
LABELS = {
    "omb-2024": "Race",
    "sex": "Sex",
    "payer": "Payer",
    "age-bands": "Age",
    "deprivation-fifths": "Deprivation",
}
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_WHOLE_YEAR = r"(?:19|20)\d\d"
_PERIOD = re.compile(
    rf"(?<![\dA-Za-z])(?:"
    rf"Q[1-4][ _/-]?{_WHOLE_YEAR}|{_WHOLE_YEAR}[ _/-]?Q[1-4]"
    rf"|{_MONTH}[ _.'-]*{_WHOLE_YEAR}|{_MONTH}[-'’]\d\d|{_WHOLE_YEAR}-(?:0[1-9]|1[0-2])(?![\d])"
    rf"|(?:FY|CY|SFY|FFY)[ _]?{_WHOLE_YEAR}(?:[/–-]\d{{2,4}})?"
    r"|(?:FY|CY|SFY|FFY)[ _'’]?\d\d"
    rf"|{_WHOLE_YEAR}(?: ?[/–-] ?(?:{_WHOLE_YEAR}|\d\d))?"
    r")(?![\dA-Za-z])",
    re.IGNORECASE,
)
_BAND = re.compile(
    r"(?:(?:ages?|aged) )?(?:\d{1,3} ?(?:-|–|to) ?\d{1,3}(?: years?| yrs?)?|\d{1,3} ?\+(?: years?)?"
    r"|(?:<|≤|>|≥|under |over ) ?\d{1,3}(?: years?)?"
    r"|\d{1,3} (?:and (?:over|older|under)|or (?:older|over|more)|years? and (?:over|older)))",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:ratio|difference|diff|disparity|gap|change|versus|vs|relative (?:risk|rate|difference)|risk ratio|odds ratio"
    r"|rank(?:ing)?|trend|index of disparity|p[ -]?value|significan\w*)\b",
    re.IGNORECASE,
)
# Words for women and men in tables from elsewhere: known as groups, shown as they stand.
_ELSEWHERE = {
    "sex": frozenset(
        re.findall(
            r"\w+",
            "männlich weiblich divers männer frauen masculino feminino femenino hombres mujeres homens mulheres "
            "hommes femmes masculin féminin mannen vrouwen",
        )
    )
}
_ITS_N = re.compile(
    r"^(?P<group>.*?[^\s,;:(\[])[\s,;:]*[(\[]?\s*\bn\s*[=:]\s*(?P<n>\d{1,3}(?:[ ,.'’]\d{3})+|\d+)\s*[)\]]?$",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[^\W_]+(?:[’'.][^\W_]+)*")
_WEAK = frozenset({"other", "others", "group", "private", "children", "multiple", "government", "x", "v", "no", "yes"})
_LONGEST = 9


@dataclass(frozen=True)
class Said:
    """A text found in a name: which list knows it (empty for a period), as it stands, and what is left around it."""

    listed: str
    text: str
    before: str
    after: str

    @property
    def rest(self) -> str:
        """The name without it."""
        return stem(f"{self.before} {self.after}")


def stem(text: str) -> str:
    """What is left of a name, without the marks that parted it from what was taken away."""
    word = squeeze(text.replace("_", " "))
    word = re.sub(r"\(\s*\)|\[\s*\]", " ", word)
    word = re.sub(r"^[\s:;,.|/!–—-]+|[\s:;,.|/!–—-]+$", "", squeeze(word))
    if word.startswith("(") and word.endswith(")") and word.count("(") == 1:
        word = word[1:-1]
    return squeeze(re.sub(r"\s*[:;,|–—-]\s*(?=[:;,|–—-])", " ", word))


def same(text: str) -> str:
    """A stem for comparing: small letters, without marks and the s of a plural."""
    words = re.findall(r"[^\W_]+|[%<>≤≥+]", text.casefold())
    return " ".join(w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith("ss") else w for w in words)


def with_its_n(name: str) -> tuple[str, str] | None:
    """A group and its number of people, where a text says both: ``White (n=1,000)`` is White and 1000; else None."""
    match = _ITS_N.match(squeeze(name))
    return (match["group"], re.sub(r"\D", "", match["n"])) if match else None


def period_in(name: str) -> Said | None:
    """The year, quarter or month that a name says, when it says one only."""
    matches = list(_PERIOD.finditer(name.replace("_", " ")))
    if len(matches) != 1:
        return None
    start, end = matches[0].span()
    return Said("", squeeze(name[start:end].replace("_", " ")), name[:start], name[end:])


def compares(name: str) -> bool:
    """Whether a name says that the column compares groups or periods: a ratio, a gap, a change, a rank."""
    return bool(_COMPARED.search(name.replace("_", " ")))


def groups_in(name: str, listed: str) -> list[Said]:
    """The groups of one list that a name says, from left to right, each as long as it goes."""
    text = name.replace("_", " ")
    statements: list[Said] = []
    if listed == "age-bands":
        for band in _BAND.finditer(text):
            if not re.match(_WHOLE_YEAR, band[0]):
                statements.append(Said(listed, band[0], name[: band.start()], name[band.end() :]))
        return statements
    tokens = list(_TOKEN.finditer(text))
    place = 0
    while place < len(tokens):
        for end in range(min(len(tokens), place + _LONGEST), place, -1):
            start, stop = tokens[place].start(), tokens[end - 1].end()
            if _known(listed, text[start:stop], len(tokens) == end - place):
                statements.append(Said(listed, squeeze(text[start:stop]), name[:start], name[stop:]))
                place = end
                break
        else:
            place += 1
    return statements


@cache
def _known(listed: str, text: str, whole: bool) -> bool:
    if text.casefold() in _ELSEWHERE.get(listed, ()):
        return True
    if (len(text) <= 2 and not whole) or text.casefold() in _WEAK:
        return False
    category = standard(listed).find(text)
    return category is not None and category.kind in ("group", "other") and not text.isdigit()


def group_of(listed: str, text: str) -> str:
    """The category that a group's text stands for, or the text itself."""
    category = standard(listed).find(text)
    return category.value if category is not None else text.casefold()


def says_everyone(text: str) -> bool:
    """Whether a group's text means everyone."""
    return is_total(text) or text.casefold() in ("insgesamt", "gesamt", "ensemble", "ambos", "both", "persons", "all")
