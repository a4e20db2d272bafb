"""The minutes with their pictures, and the sentences that every format says."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from equity.calls.guesses import GuessStrip
from equity.calls.minutes import CardMinutes, Minutes
from equity.calls.state import Contribution
from equity.export.sheet import Sheet
from equity.words.call.calls import STAGE_TITLES
from equity.words.escaping import one_line
from equity.words.labels.export import EXPORT_TEXTS


@dataclass(frozen=True)
class SeenCard:
    """A card of the minutes: its picture where it was revealed and can be made, else why not.

    ``guesses`` is the sentence about the guesses, ``strip`` the guesses themselves.
    """

    said: CardMinutes
    sheet: Sheet | None
    why_not: str
    guesses: str
    strip: GuessStrip | None

    @property
    def then(self) -> str:
        """The finding as it was at the reveal; empty where it is the same today or was not kept."""
        kept = self.said.card.sentence
        return "" if self.sheet is not None and kept == self.sheet.title else kept

    @property
    def title(self) -> str:
        """The finding, or the question where the picture was not revealed."""
        return self.sheet.title if self.sheet else self.said.card.sentence or self.said.card.question


@dataclass(frozen=True)
class WholeMinutes:
    """Minutes and pictures. ``release_id`` is the release that the call showed, empty for the workspace's numbers.

    ``revoked`` is whether that release can be opened no more.
    """

    minutes: Minutes
    cards: tuple[SeenCard, ...]
    release_id: str
    revoked: bool = False


def when(minutes: Minutes) -> str:
    """The day and the time of the call, in UTC."""
    if minutes.opened is None:
        return ""
    until = f" to {_moment(minutes.ended, minutes.opened)}" if minutes.ended else ", not ended yet"
    return f"{minutes.opened:%B} {minutes.opened.day}, {minutes.opened:%Y, %H:%M}{until} UTC"


def _moment(moment: dt.datetime, start: dt.datetime) -> str:
    return f"{moment:%H:%M}" if moment.date() == start.date() else f"{moment:%B} {moment.day}, {moment:%H:%M}"


def attendance(minutes: Minutes) -> list[str]:
    """Who was there, as names or counts, as was chosen at the start."""
    if not minutes.participants:
        return [EXPORT_TEXTS["nobody_joined_by_the_page"]]
    lenses = ", ".join(f"{lens} {count}" for lens, count in minutes.lenses)
    people = "1 person" if minutes.participants == 1 else f"{minutes.participants} people"
    named = [", ".join(f"{name} ({lens})" for name, lens in minutes.people)] if minutes.people else []
    return [f"{people}: {lenses}.", *named]


def by_whom(contribution: Contribution) -> str:
    """After the words: what they are about, the name where there is one, the lens, dots, owner and day."""
    parts = [
        about(contribution),
        contribution.name or ("said aloud" if contribution.scribe else "without a name"),
        contribution.lens,
        f"owner: {contribution.owner}" if contribution.owner else "",
        f"by {contribution.day}" if contribution.day else "",
        _dots(len(contribution.voters)),
        f"what became of it: {contribution.became}" if contribution.became else "",
    ]
    return "; ".join(part for part in parts if part)


def about(contribution: Contribution) -> str:
    """Which part of the picture words are about; empty for all of it, and for guesses."""
    anchor = contribution.anchor
    if contribution.stage == "predict" or not anchor:
        return ""
    named = (
        [anchor] if isinstance(anchor, str) else [str(anchor[part]) for part in ("group", "period") if part in anchor]
    )
    return EXPORT_TEXTS["about"].format(part=one_line(", ".join(named), 200)) if named else ""


def _dots(count: int) -> str:
    return "" if not count else "1 dot" if count == 1 else f"{count} dots"


def open_points(minutes: Minutes) -> list[str]:
    """What was not reached, a sentence each."""
    cards = [f"Picture {card.number} was not shown: {card.question}" for card in minutes.open_cards]
    return [
        *cards,
        *(
            EXPORT_TEXTS["picture_nobody_wrote_under"].format(n=n, stage_titles=STAGE_TITLES[stage])
            for n, stage in minutes.open_stages
        ),
    ]


def as_json(whole: WholeMinutes) -> bytes:
    """The minutes as JSON, for other programs."""
    minutes, weighed = whole.minutes, whole.minutes.weighed
    told = {
        "title": minutes.title,
        "opened": minutes.opened.isoformat() if minutes.opened else None,
        "ended": minutes.ended.isoformat() if minutes.ended else None,
        "facilitator": minutes.facilitator,
        "participants": minutes.participants,
        "lenses": dict(minutes.lenses),
        "people": [{"name": name, "lens": lens} for name, lens in minutes.people],
        "release": whole.release_id,
        "cards": [_card(each) for each in whole.cards],
        "next_tests": [_contribution(each) for each in minutes.tests],
        "weights": {
            "finished": weighed.finished,
            "spreads": [{"criterion": s.criterion, "points": [list(p) for p in s.points]} for s in weighed.spreads],
        },
        "not_reached": open_points(minutes),
    }
    return json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False).encode("utf-8")


def _card(seen: SeenCard) -> dict[str, Any]:
    card, sheet = seen.said.card, seen.sheet
    return {
        "card": card.number,
        "question": card.question,
        "asked": card.asked,
        "revealed": card.revealed,
        "sentence": sheet.title if sheet else "",
        "sentence_at_reveal": card.sentence,
        "not_made": seen.why_not,
        "alt": sheet.alt if sheet else "",
        "table": _table(sheet),
        "record": list(sheet.record) if sheet else [],
        "guesses": {
            "sentence": seen.guesses,
            "values": list(seen.strip.guesses) if seen.strip else [],
            "truth": seen.strip.truth if seen.strip else None,
            "unit": seen.strip.unit if seen.strip else "",
            "contributions": [_contribution(each) for each in seen.said.guesses],
        },
        "stages": [
            {"stage": stage.stage, "contributions": [_contribution(each) for each in stage.contributions]}
            for stage in seen.said.stages
        ],
    }


def _table(sheet: Sheet | None) -> dict[str, Any] | None:
    if sheet is None:
        return None
    columns, rows = table_of(sheet)
    return {"caption": sheet.caption, "columns": columns, "rows": rows}


def table_of(sheet: Sheet) -> tuple[list[str], list[list[str]]]:
    """A sheet's table as text."""
    rows: Sequence[Sequence[object]] = sheet.table.to_numpy(dtype=object).tolist()
    return [str(name) for name in sheet.table.columns], [[str(cell) for cell in row] for row in rows]


def _contribution(contribution: Contribution) -> dict[str, Any]:
    return {
        "id": contribution.id,
        "stage": contribution.stage,
        "card": contribution.card,
        "lens": contribution.lens,
        "name": contribution.name,
        "words": contribution.words,
        "anchor": contribution.anchor,
        "votes": len(contribution.voters),
        "owner": contribution.owner,
        "day": contribution.day,
        "became": contribution.became,
        "scribe": contribution.scribe,
    }
