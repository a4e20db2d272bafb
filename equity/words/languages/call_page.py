"""What the participant's page of a learning call says, in each language that it has.

The English texts are those of `equity/words/call/calls.py`. What an answer says (the question, the picture, its table,
the guesses beside it) is in English in every language, and the page says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from equity.calls.stages import Stage
from equity.words.call.calls import REFUSED


@dataclass(frozen=True, eq=False)
class CallTexts:
    """A language's texts: of the page and its stages, names of ours by their English ones, and refusals by key."""

    code: str
    own_name: str
    page: Mapping[str, str]
    stages: Mapping[Stage, str]
    asks: Mapping[Stage, str]
    openers: Mapping[Stage, str]
    names: Mapping[str, str]
    refused: Mapping[str, str]

    def refusal(self, sentence: str) -> str:
        """A refusal as this language says it. Made in English where its rule is; others stay as they are."""
        for key, text in REFUSED.items():
            match = re.fullmatch(re.escape(text).replace(r"\{n\}", "(?P<n>.*)"), sentence)
            if match is not None:
                return self.refused.get(key, text).format(**match.groupdict())
        return sentence


def wished(header: str) -> list[str]:
    """The languages of an `Accept-Language` header, the one most wished for first; what cannot be read is left out."""
    weighted: list[tuple[float, str]] = []
    for part in header[:500].split(","):
        tag, _, weight = part.strip().partition(";")
        quality = re.fullmatch(r"\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*", weight)
        if tag and (not weight or quality):
            weighted.append((float(quality[1]) if quality else 1.0, tag))
    return [tag for weight, tag in sorted(weighted, key=lambda each: -each[0]) if weight > 0]
