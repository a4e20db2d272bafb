"""The languages of a call's page, the usual one first."""

from __future__ import annotations

from typing import Final

from equity.words.call.calls import NAMES, OPENERS, PAGE, REFUSED, STAGE_ASKS, STAGE_TITLES
from equity.words.languages.call_page import CallTexts
from equity.words.languages.english import ENGLISH
from equity.words.languages.spanish_call import SPANISH_CALL

ENGLISH_CALL: Final = CallTexts(ENGLISH.code, ENGLISH.own_name, PAGE, STAGE_TITLES, STAGE_ASKS, OPENERS, NAMES, REFUSED)
CALL_LANGUAGES: Final = {of.code: of for of in (ENGLISH_CALL, SPANISH_CALL)}
"""By code."""
