"""The home folder: everything that the product keeps lies below it."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from equity.vocabulary import PlainError

HOME_SETTING = "EQUITY_HOME"
BESIDE_THE_APP = Path(__file__).resolve().parents[3] / ".equity"


def home_folder() -> Path:
    """The folder that ``EQUITY_HOME`` names, or ``.equity`` beside ``app.py``; made (for its owner only) when missing.

    Raises :class:`PlainError` when it cannot be made.
    """
    home = _named(os.environ.get(HOME_SETTING, "").strip())
    if home.is_dir():
        return home
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise PlainError(
            f"The data folder “{home}” cannot be made ({error.strerror}): set EQUITY_HOME to a folder that "
            "can be written."
        ) from error
    return home


@lru_cache(maxsize=8)
def _named(text: str) -> Path:
    return Path(text).expanduser().resolve() if text else BESIDE_THE_APP
