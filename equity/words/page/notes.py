"""Notes: what is said around what people write about a card."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from equity.notes.note import Note
from equity.notes.threads import State
from equity.store.records.kept import Kept, Readers
from equity.vocabulary.lenses import TEAM
from equity.words.days import describe_moment
from equity.words.escaping import one_line

PURPOSE = (
    "A note is written on a card: open “Notes” under any chart. It keeps how the card is made and its sentence as it "
    "was, so that a year later you see what you saw then, beside what the data say now."
)
EXAMPLE = (
    "Made-up example: on “Controlled blood pressure by race”, Ada (patient-facing care) wrote “Half of our Saturday "
    "slots went when the second nurse left. @Ben, could we see this by clinic?” Ben answered, and closed it later."
)
BEGIN_ON_A_CARD = "Write the first on a card"
WRITE, WORDS, LENS, WHO = "Write a note", "What do you see, or want to know?", "I speak from", "Who may read it"
ANSWER, YOUR_ANSWER = "Answer", "Your answer"
PUT, THROW_AWAY = "Post the note", "Discard it"
CLOSE, OPEN_AGAIN = "Close", "Open again"
MORE, CHANGE, CHANGE_READERS, WITHDRAW = "More", "Change the words", "Change who may read it", "Withdraw"
LINK, LINK_WITH, LINKED = "Link", "Belongs with", "Belongs with"
OPEN, THEN_AND_NOW = "Open this note", "The card as it was and as it is now"
THEN, NOW, ON_ITS_PAGE = "What we saw then", "The same today", "Open on its page"
SAME_VERSION = "The data are of the same version as then."
NOTHING_HERE = "Nobody has written on this card yet."
NONE_FIT = "No note fits what you look for."
DRAFTS = "Not posted yet"
READ, NEW = "I have read these", "New to you"
NOT_THERE = "This note is not there, or is not for you to read."
ONLY_THE_TEAM = "A note holds the workspace’s own numbers: nobody beyond the team reads it."

READERS: dict[Readers, str] = {"team": "The team may read it", "author": "Only I may read it"}
STATES: dict[State, str] = {"open": "Open", "closed": "Closed", "all": "All"}


def expander_title(count: int) -> str:
    """The name of the expander under a card, with how many notes are open there."""
    return f"Notes ({count})" if count else "Notes"


def whose(kept: Kept[Note]) -> str:
    """Who wrote a note, from which view, when, and whether it was changed since."""
    content = kept.content
    lens = "" if content.lens == TEAM else f", {content.lens}"
    edited = ", changed since" if not content.closed and _changed(kept) else ""
    return f"{one_line(kept.author, 80) or 'Somebody'}{lens}. {day(content.kept)}{edited}."


def _changed(kept: Kept[Note]) -> bool:
    """Whether the words were saved anew over a minute after they were put there."""
    put = dt.datetime.fromisoformat(kept.content.kept) if kept.content.kept else kept.edited
    return kept.edited - put > dt.timedelta(minutes=1)


def day(moment: str) -> str:
    """An ISO moment as people read it, in UTC."""
    return describe_moment(dt.datetime.fromisoformat(moment)) if moment else "a draft"


def who_may_read(kept: Kept[Note]) -> str:
    """Who may read a note, and whether the talk is over."""
    read = "Read by the team" if kept.readers == "team" else "Read by its writer alone"
    return f"{read}. {'Closed.' if kept.content.closed else 'Open.'}"


def then(content: Note) -> str:
    """The card's sentence as it was, in quotation marks; a remark where none was kept."""
    return f"“{one_line(content.finding, 600)}”" if content.finding.strip() else "No sentence was kept with this note."


def hint(people: Sequence[tuple[str, str]], me: str) -> str:
    """Whom one can name with @; nothing where nobody else is there."""
    names = [one_line(name, 40) for key, name in people if key != me]
    return f"Name somebody with @: {', '.join(names[:8])}." if names else ""


def counted_new(count: int, naming: int) -> str:
    """How many notes are new, and how many of them name one."""
    notes = "1 note is new to you" if count == 1 else f"{count} notes are new to you"
    return f"{notes}; {naming} of them {'names' if naming == 1 else 'name'} you." if naming else f"{notes}."


def new_line(kept: Kept[Note], me: str) -> str:
    """A new note in a line."""
    who = f"{one_line(kept.author, 60) or 'Somebody'}{' names you' if me in kept.content.named else ''}"
    return f"{who}: “{one_line(kept.content.words, 160)}” {day(kept.content.kept)}."


def short(kept: Kept[Note]) -> str:
    """A note as it is chosen in a list."""
    return f"{one_line(kept.content.words, 80)} ({one_line(kept.author, 40)})"


def told(content: Note) -> tuple[str, ...]:
    """A note as lines, to lay two of them beside each other."""
    return tuple(line for line in (one_line(content.words, 4000), content.lens) if line)


def every_page(pages: Collection[str], titles: Mapping[str, str]) -> dict[str, str]:
    """The pages on whose cards there are notes, by name, after the one choice that leaves all."""
    return {"": "Every card", **{name: titles.get(name, name) for name in sorted(pages)}}
