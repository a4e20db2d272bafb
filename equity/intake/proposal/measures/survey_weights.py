"""Survey weights: how many people each line stands for. They are not reckoned with here, and that is asked and said."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from equity.intake.columns.column_names import heard
from equity.intake.columns.profile import ColumnProfile
from equity.intake.proposal.evidence import Evidence, Numbers, plain
from equity.vocabulary import Answer, OpenQuestion, Setting

_SURELY = re.compile(
    r"\b(?:"
    r"(?:survey|sampl\w*|person|household|final|analysis|analytic|design|expansion|post ?strat\w*|raked?|raking|"
    r"probability|population|interview|mec|exam|calibrated|base|trimmed|grossing|non ?response|replicate) "
    r"?(?:weights?|wts?|wgts?)|weights? (?:final|trimmed|var\w*)|final ?w(?:t|gt|eight)\d*|"
    r"\w*llcpwt\d*|p(?:erson)?weight|hhwt|pwgtp?\d*|wgtp\d*|wt(?:int|mec|dr|saf|sb|sa|sc)\w*|wtfa\w*|perwt\w*|"
    r"lngwt\w*|asecwt\w*|wtsupp|wtfinl|earnwt|rakedwg?t\w*|brr ?w\w*|rep ?wt\w*|wgt ?\w*|fw(?:t|gt)\w*|"
    r"samp(?:le)?w\w*|[hv]v?005|d?weight ?\d+|fexp\w*|factor (?:de )?expansi[oó]n|fator (?:de )?expans[aã]o|"
    r"poids (?:de )?(?:sondage|final)|hochrechnungsfaktor|gewichtungsfaktor"
    r")\b"
)
_MAYBE = re.compile(r"^(?:weights?|weighting|wts?\d*|w|peso|pesos|poids|gewicht|factor)$")
_OF_A_BODY = re.compile(
    r"\b(?:kg|kgs|lbs?|pounds?|grams?|oz|ounces?|birth|body|patient|infant|baby|newborn|maternal|loss|gain|change|"
    r"over|under|dosing|z ?score|percentile|for age|for length|bmi|low|current|dry|pre|post|admission|discharge)\b"
)
FEWEST_VALUES = 5
MANY_PEOPLE = 400.0
NEAR_ONE = (0.9, 1.1)


def survey_weights(columns: Sequence[ColumnProfile], evidence: Evidence) -> list[ColumnProfile]:
    """The columns that say how many people each line stands for, by name and by values; replicate weights follow.

    A column that is just called weight may be a body's: it must look like one of a survey, with a mean of 1 (weights
    that were scaled to the sample) or so large that no body has it.
    """
    return [c for c in columns if not c.identifying and _is_weight(c, evidence)]


def _is_weight(column: ColumnProfile, evidence: Evidence) -> bool:
    name = heard(column.name)
    if column.type != "number" or column.distinct < FEWEST_VALUES or _OF_A_BODY.search(name):
        return False
    numbers = evidence.numbers(column.name)
    known = numbers[np.isfinite(numbers)]
    if not len(known) or known.min() < 0 or float(known.max()) == 0:
        return False
    if _SURELY.search(name):
        return _vary(known)
    return bool(_MAYBE.search(name)) and _looks_like_a_surveys(known)


def _vary(known: Numbers) -> bool:
    """Whether the weights differ among lines and do not count them."""
    return bool(np.any(np.diff(np.sort(known)) > 0)) and not np.array_equal(known, np.arange(len(known)) + known[0])


def _looks_like_a_surveys(known: Numbers) -> bool:
    whole = bool((known == np.round(known)).all())
    mean = float(known.mean())
    return mean >= MANY_PEOPLE or (not whole and NEAR_ONE[0] <= mean <= NEAR_ONE[1])


def ask_weights(weights: Sequence[ColumnProfile], evidence: Evidence) -> OpenQuestion:
    """Whether the sample is read as it is, without its weights."""
    first = weights[0]
    numbers = evidence.numbers(first.name)
    known = numbers[np.isfinite(numbers)]
    path = ("extract", "unweighted")
    low, high = plain(float(f"{known.min():.4g}")), plain(float(f"{known.max():.4g}"))
    return OpenQuestion(
        f"weights:{first.name}",
        tuple(c.name for c in weights),
        f"“{first.name}” looks like survey weights ({low} to {high}), which are not reckoned with here: numbers "
        "without them describe the people who were asked, not the population. How is the file read?",
        (
            Answer(
                "as the sample it is: each line counts once, and every page and export says that it is unweighted",
                (Setting(path, first.name),),
            ),
            Answer(
                f"“{first.name}” is no survey weight: each line counts once, and nothing more is said",
                (Setting(path, None),),
            ),
        ),
        0.6,
        "its name and its values are those of weights; for numbers about the population, weight the table before it "
        "is loaded",
    )
