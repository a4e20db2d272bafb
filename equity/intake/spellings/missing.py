"""Three ways in which a cell says nothing, kept apart: hidden at the source, missing, and simply another text.

*Hidden* means that the source knows the number and withholds it (small cells): not missing and not zero.
*Missing* means that there is none. Spellings seen in extracts of CDC WONDER, AtlasPlus, WISQARS, BRFSS, NHS Digital,
CMS Care Compare, State Cancer Profiles and statistical packages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

Silence = Literal["hidden", "missing"]


def _spellings(block: str) -> frozenset[str]:
    return frozenset(word for line in block.split("\n") for word in line.strip().split("|") if word)


HIDDEN = _spellings(
    """
    suppressed|data suppressed|value suppressed|suppressed value|secondary suppression|secondary suppressed|supp
    sup|s|(s)|[s]|hidden|masked|redacted|withheld|confidential|c|[c]|(c)|:c|data not available|not available
    unavailable|not displayed|not shown|not reported due to small numbers|too few|too few to report|too small
    too few cases|small number|small numbers|small cell|low count|[low]|insufficient data|insufficient sample
    unreliable|not reliable|statistically unreliable|.|#|##|###|&|low n|ns|nr|not reportable|not releasable
    not publishable|ds|dsu|data statistically unreliable|dnc|†|‡|§|¶
    """
)
MISSING = _spellings(
    """
    na|n/a|n.a.|#n/a|n a|nan|null|none|nil|missing|unknown|unk|not applicable|not-applicable|[z]|[x]|..|...|-|--
    ---|–|—|no data|nodata|not collected|not recorded|not stated|not asked|not specified|blank|(blank)|empty|?
    [missing]|:|<na>|<null>|(null)|\\n|no value|not known|undefined|#value!|#ref!|#div/0!|#name?|#null!|#num!
    not tracked|x|n/d|nd|z|(z)|:z|:x|[w]|not provided|not documented|not given|not reported|no answer|no response
    """
) | {""}
UNKNOWN_ELSEWHERE = _spellings(
    """
    ignorado|ignorada|desconhecido|desconhecida|não informado|nao informado|sem informação|sem informacao|sem dados
    sem declaração|sem declaracao|não declarado|nao declarado|não especificado|não sabe|desconocido|desconocida
    no consta|sin dato|sin datos|sin información|sin informacion|sin especificar|no especificado|no informado
    no indicado|no disponible|no declarado|se desconoce|se ignora|no sabe|ns/nc|ns nc|s/d|indeterminado|onbekend
    niet bekend|niet opgegeven|niet ingevuld|geen opgave|unbekannt|nicht bekannt|ohne angabe|keine angabe|keine angaben
    k. a.|k.a.|k a|nicht angegeben|inconnu|inconnue|non précisé|non precise|non renseigné|non renseigne|non déclaré
    non communiqué|non spécifié|sans réponse|pas de réponse|ne sait pas|indéterminé|sconosciuto|sconosciuta|ignoto
    non noto|non nota|non indicato|non specificato|non dichiarato|non disponibile|okänd|okänt|uppgift saknas|ukjent
    uoppgitt|ukendt|uoplyst|tuntematon|ei tietoa|nieznany|nieznane|nieznana|brak danych|neznámý|neznámé|nezjištěno
    ismeretlen|bilinmiyor|belirtilmemiş|неизвестно|неизвестен|не указано|нет данных|невідомо|άγνωστο|άγνωστος
    不明|不詳|不详|未知|未詳|無回答|未回答|わからない|미상
    알 수 없음|무응답|모름|غير معروف|غير محدد|לא ידוע|अज्ञात|ไม่ทราบ|không rõ
    """
)
_CODE = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_HIDDEN_SHAPES = re.compile(
    r"""^(?:
      \*+ | --+\*+ | \*+\ *\(?suppressed\)?
      | \(?\s*(?:<|≤|&lt;|<=|less\ than|fewer\ than|under|below|up\ to|at\ most)\s*=?\s*\d[\d,]*(?:\.\d+)?\s*%?\s*\)?
      | (?:>|≥|&gt;|>=|more\ than|over|above|at\ least)\s*=?\s*\d[\d,]*(?:\.\d+)?\s*%?
      | \d{1,2}\ or\ (?:fewer|less)
      | [01]\s*(?:-|–|—|to|\.\.)\s*\d{1,2}
      | \[[^\]]*\bnote\b[^\]]*\] | &(?:para|dagger|sect);
      | suppressed\b.* | data\ (?:are\ |is\ )?suppressed.* | .*\bcounts?\ suppressed
    )$""",
    re.VERBOSE,
)


def squeeze(text: str) -> str:
    """A text in Unicode's composed form, with no blanks at its ends and single blanks inside (no-break blanks and line
    ends count as blanks)."""
    if not text.isascii():
        # Composed and decomposed accents are one spelling (Unicode NFC).
        text = unicodedata.normalize("NFC", text).replace("\u200b", "").replace("\ufeff", "")
    return " ".join(text.split())


def code_of(text: str) -> float | None:
    """The number that a spelling of missing is (``999``, ``-9``, ``99,9``); None where it is a word."""
    return float(text.replace(",", ".")) if _CODE.fullmatch(text) else None


def silence(text: str, also: Iterable[str] = ()) -> Silence | None:
    """What a number's cell says when it says no number; None for any other text.

    ``also`` holds more spellings, from the mapping: words count as hidden, which is the careful reading; numbers (999,
    -9) are codes for none, and count as missing.
    """
    word = squeeze(text).casefold()
    if word in {squeeze(a).casefold() for a in also}:
        return "missing" if code_of(word) is not None else "hidden"
    if word in MISSING or word in UNKNOWN_ELSEWHERE:
        return "missing"
    if word in HIDDEN or _HIDDEN_SHAPES.match(word):
        return "hidden"
    return None
