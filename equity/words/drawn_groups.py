"""Which groups a picture leaves out, said with it wherever it goes."""

from __future__ import annotations

from equity.lens.answers import LeftOut
from equity.words import groups
from equity.words.escaping import one_line

_MOST = 12


def said(left_out: LeftOut) -> str:
    """Who is left out by choice, and who for too little data; empty where nobody is."""
    sentences = [
        f"{how}: {groups.listed([one_line(name) for name in names], _MOST)}."
        for how, names in (
            ("Left out by choice", left_out.by_choice),
            ("Left out, too little data to be read", left_out.too_few),
        )
        if names
    ]
    return " ".join(sentences)


def under(caption: str, left_out: LeftOut) -> str:
    """The caption of a picture, and what it leaves out."""
    return f"{caption} {said(left_out)}".strip()
