"""The last net: whatever goes wrong while a page is made, a reader gets a sentence of ours.

`app.py` hands :func:`told` to Streamlit, which calls it for pages, dialogs, fragments and what buttons do; the main
script calls it for pages too. The log has the kind of the error and where it came from under the number that the
sentence gives. The error's own message stays out of both: it could quote a patient's row.
"""

from __future__ import annotations

import logging
import secrets
import traceback

from equity.ui.layout import prose
from equity.ui.session import language
from equity.vocabulary import PlainError
from equity.words.page.cannot_show import went_wrong


def told(error: Exception) -> bool:
    """Say the error on the page: a plain one by its own sentence, any other by a number that is in the log too."""
    if isinstance(error, PlainError):
        prose.problem(language.chosen().refusal(str(error)))
        return True
    number = secrets.token_hex(4)
    places = "".join(traceback.format_tb(error.__traceback__))
    logging.getLogger(__name__).error("%s: %s\n%s", number, type(error).__name__, places)
    prose.problem(language.chosen().refusal(went_wrong(number)))
    return True
