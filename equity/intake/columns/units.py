"""Units that stand in a column's or a measure's own name: they go before any guess from the sizes of numbers."""

from __future__ import annotations

import re

_TIMES = (
    (
        re.compile(
            r"[(\[,]?\s*\b(?:in |x ?|× ?)?(?:thousands?|1[, ]?000s?|000s|'?000(?:'?s)?)\b\s*[)\]]?\s*$"
            r"|\(\s*(?:in |x ?|× ?)?(?:thousands?|'?000(?:'?s)?)\s*\)|\bin thousands\b",
            re.IGNORECASE,
        ),
        1_000.0,
    ),
    (
        re.compile(r"[(\[,]\s*(?:in )?(?:millions?|mn|m)\s*[)\]]|\bin millions\b|\bmillions?\s*$", re.IGNORECASE),
        1_000_000.0,
    ),
)
_PERCENT = re.compile(r"%|\b(?:pct|percent\w*|per cent|per 100|anteile?)\b(?![, ]?0)", re.IGNORECASE)
_POINTS = re.compile(r"percent\w* points?|\bpp\b", re.IGNORECASE)
# "per 100,000", "per 100 000", "por 100 mil", "je 100.000", "/100k", "pour 1 000"
_PER = re.compile(
    r"(?:\b(?:per|por|pour|je|pro|cada)|/) ?_?(?P<number>\d{1,3}(?:[ ,.\u202f_]000)+|\d+)"
    r" ?(?P<word>k\b|thousand|million|mil(?:h[õo]es|lones)?\b)?"
    r"|\b(?:per|por|pour|je|pro) (?P<alone>thousand|million|mil\b|mille\b)"
    r"|(?P<population>\d[\d,]*) ?population|(?P<mille>‰)",
    re.IGNORECASE,
)
_WORDS = {
    "k": 1e3,
    "thousand": 1e3,
    "mil": 1e3,
    "mille": 1e3,
    "million": 1e6,
    "milhões": 1e6,
    "milhoes": 1e6,
    "millones": 1e6,
}
_MEAN = re.compile(
    r"(?<!\d )(?<!\d-)\b(?:minutes?|hours?|days?|weeks?|months?|years?|mean|average|median|score|"
    r"length of stay|life expectancy|age at|index|mg ?/ ?dl|mmhg|kg)\b",
    re.IGNORECASE,
)
_DURATION = re.compile(
    r"\b(?:h mm|hh mm|hmm|waits?|waiting|wait time|duration|length of stay|los|"
    r"time (?:to|from|until|till|in|spent|between|waited)|turnaround|door to|elapsed|delay|"
    r"response time|boarding|minutes|hours|dauer|wartezeit|verweildauer|"
    r"aufenthaltsdauer|délai|durée|espera|duración|duração|attesa|wachttijd|ventetid)\b"
)
_TIME_OF_DAY = re.compile(r"\b(?:arriv\w*|depart\w*|clock|time of|started|ended|start|end|at)\b")
_NO_MEAN = re.compile(
    r"\b(?:rate|percent\w*|prevalence|proportion|share|within|per|less than|under|over|last|past)\b|%", re.IGNORECASE
)
MULTIPLIERS = (10.0, 100.0, 1_000.0, 10_000.0, 100_000.0, 1_000_000.0)


def times(name: str) -> float:
    """By what a count is multiplied to be what it counts: 1000 for a name that says thousands, else 1."""
    if _PER.search(name):
        return 1.0
    return next((factor for pattern, factor in _TIMES if pattern.search(name.replace("_", " "))), 1.0)


def without_times(name: str) -> str:
    """A name without the words that say thousands or millions."""
    if times(name) == 1:
        return name
    word = name.replace("_", " ")
    for pattern, _ in _TIMES:
        word = pattern.sub(" ", word)
    return " ".join(word.split()) or name


def says_percent(name: str) -> bool:
    """Whether a name says that its numbers are percents."""
    word = name.replace("_", " ")
    return bool(_PERCENT.search(word)) and not _POINTS.search(word)


def per(text: str) -> float | None:
    """The multiplier that a text names (``per 100,000``), or None."""
    match = _PER.search(text.replace("\u00a0", " ").replace("_", " "))
    if not match:
        return None
    if match["mille"]:
        return 1_000.0
    if match["alone"]:
        return _WORDS.get(match["alone"].lower())
    number = float(re.sub(r"[ ,._\u202f]", "", match["number"] or match["population"]))
    number *= _WORDS.get((match["word"] or "").lower(), 1.0)
    return number if number in MULTIPLIERS else None


def says_duration(name: str) -> bool:
    """Whether a name says how long something took (and not at what time it was)."""
    word = re.sub(r"[_\W]+", " ", name).casefold()
    return bool(_DURATION.search(word)) and not _TIME_OF_DAY.search(word)


def says_mean(name: str) -> bool:
    """Whether a name says that its numbers are means: minutes, days, a score."""
    word = name.replace("_", " ")
    return bool(_MEAN.search(word)) and not _NO_MEAN.search(word)
