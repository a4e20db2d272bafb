"""Names that part the same people by an answer: met and not met, deaths and alive; and who is out of it."""

from __future__ import annotations

import re
from functools import lru_cache

_OPPOSITES = (
    ("deaths|death|died|dead|deceased|expired", "alive|survived|survivors?|survivals?|discharged alive|living"),
    ("yes", "no"),
    ("positives?|pos", "negatives?|neg"),
    ("pass|passed", "fail|failed|failures?"),
    ("success|successes|successful", "failures?|failed|unsuccessful"),
    ("attended", "dna|did not attend|no shows?|missed"),
    ("present", "absent"),
    ("complete|completed", "incomplete"),
    ("accepted", "declined|refused"),
)
_AROUND = re.compile(r"\b(?:patients?|people|persons|number(?: of)?|n|count|visits|members|cases)\b")
_OUT = re.compile(
    r"^(?:denominator )?(?:excluded|exclusions?|exceptions?|exempt\w*|ineligible|not eligible|not applicable|n a)$"
)


def answer_word(heard_name: str) -> str:
    """A column's name, as it is heard, without the words for people and number."""
    return " ".join(_AROUND.sub(" ", heard_name).split())


def says_out(word: str) -> bool:
    """Whether a name is that of people who are in no denominator."""
    return bool(_OUT.match(word))


def denies(no: str, yes: str) -> bool:
    """Whether a word is the other's opposite: not met of met, uncontrolled of controlled, alive of deaths."""
    if not yes or not no:
        return False
    if no in (f"not {yes}", f"non {yes}", f"no {yes}", f"un{yes}", f"non{yes}", f"without {yes}", f"in{yes}"):
        return True
    if yes.startswith("with ") and no == f"without {yes[5:]}":
        return True
    return not _sides(yes)[0].isdisjoint(_sides(no)[1])


@lru_cache(maxsize=8192)
def _sides(word: str) -> tuple[frozenset[int], frozenset[int]]:
    """The opposites of which a word is the one side, and those of which it is the other."""
    one, other = (
        frozenset(place for place, pair in enumerate(_OPPOSITES) if re.fullmatch(pair[side], word)) for side in (0, 1)
    )
    return one, other
