"""What people read is spelled as in the United States, since the measures, the data and the readers are."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
PLACES: Final = ("equity", "pages", "docs", "data")
READS_OTHERS: Final = (
    *("equity/intake/spellings", "equity/intake/layout", "equity/intake/columns", "equity/intake/standards/synonyms"),
    *("equity/words/measures.py", "equity/words/groups.py"),
)
"""What reads other people's names and columns, and so knows their spellings."""
KEYS: Final = re.compile(r"[\w.-]*")
"""A name of code or of a column of an answer, such as `centre` or `levelling_down`, is no text."""
BRITISH: Final = re.compile(
    r"\b(?:(?:behaviou?r|colou?r|favou?r|neighbou?r|honou?r|labou?r|rumou?r|vigou?r)(?<=our)\w*"
    r"|(?:organ|standard|recogn|summar|normal|categor|minim|maxim|prior(?:i)?t|immun|hospital|random|util|apolog)is"
    r"(?:e|es|ed|ing|ation|ations)|analys(?:e|ed|ing)|centres?|programmes?|gr(?:ey)\w*|judgements?|licences?|whilst|learnt"
    r"|enrolments?|ageing|paediatric\w*|haem\w+|gynaec\w+|diarrhoea|(?<!aria-)labell\w+|cancell(?:ed|ing)|modell\w+"
    r"|travell\w+|metres?|litres?|fulfils?|defence|offence|fibres?|sceptic\w*)\b",
    re.IGNORECASE,
)


def texts(path: Path) -> list[str]:
    """What a person can meet of a file: strings of code that are no docstring, prose without code, scripts' strings."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        tree = ast.parse(text)
        docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        held = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in docs]
        return [value for value in held if isinstance(value, str) and not KEYS.fullmatch(value)]
    if path.suffix == ".md":
        return [re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL)]
    if path.suffix == ".toml":
        return re.findall(r'= "([^"\n]+)"', text)
    return re.findall(r">([^<>{}]+)<", text)


def british(text: str) -> list[str]:
    """Words spelled as in Britain; what is a pattern is left out."""
    return [] if "(?:" in text or r"\b" in text else BRITISH.findall(text)


@pytest.mark.parametrize("place", PLACES)
def test_no_text_is_spelled_as_in_britain(place: str) -> None:
    found = {}
    for path in sorted((ROOT / place).rglob("*")):
        name = str(path.relative_to(ROOT))
        if path.suffix not in (".py", ".md", ".toml", ".html") or name.startswith(READS_OTHERS):
            continue
        words = sorted({word for text in texts(path) for word in british(text)})
        if words:
            found[name] = words
    assert found == {}


def test_british_spelling_is_seen() -> None:
    said = "Behavioural colour of neighbours: organised, standardisation, recognised, grey, cancelled, programmes."
    assert len(british(said)) == 9
    assert british("Behavioral color: organized, labeled, a program of four hours, our own, judgment, flour.") == []
