"""History: the line of time, what a team writes about its own past, statements and who stands for them."""

from __future__ import annotations

from collections.abc import Sequence

from equity.improvement.team.history import Acknowledgement, HistoryEvent, Moment, Whose
from equity.improvement.team.shipped_history import ShippedEvent
from equity.store.records.kept import Readers
from equity.words.days import describe_date
from equity.words.escaping import one_line

PURPOSE = (
    "What happened here, and in the country, still shapes who trusts us and who comes. Put your organization’s own "
    "events beside those of US history, say what your part was, and talk about one of them at a time."
)
EXAMPLE = (
    "Made-up example: “1958: our maternity ward was for White mothers only. Black families in Northside went to the "
    "county hospital. Our board signed the rule. Source: board minutes. Now: two of them sit on our council.”"
)
NOT_ON_TRENDS = "Nothing here is laid on a chart unless somebody writes it there as an annotation."
CONTENT_NOTE = "Content note: this tells of violence or of harm to people’s bodies. Open it if you want to."
MORE: dict[Whose, str] = {
    "ours": "Who was harmed, our part, what we do now",
    "country": "Sources, and a question to talk about",
}
BEGIN = "Write an event of our own"
COPY = "Edit it for our team"
PLACE = "Put it on the timeline"
TAKE_OFF = "Take it off"
BEGIN_STATEMENT = "Begin a statement"
APPROVE = "It was approved"
APPROVAL_GOES = "An approval holds for the words that were approved. When they are changed, the approval is gone."
WHOSE = {"": "Ours and the country’s", "ours": "Ours", "country": "The country’s"}
FIELDS = {
    "date": "When (a year, a month or a day)",
    "happened": "What happened here",
    "harmed": "Who was harmed",
    "our_part": "Our part in it",
    "source": "Where we know it from",
    "now": "What we do now",
    "kept_at": "Address or file, and where it is kept",
    "question": "A question to talk about",
}
READERS: dict[Readers, str] = {
    "author": "Only I may read it",
    "team": "The team may read it",
    "leaders": "The team and its leaders may read it",
    "network": "The team, its leaders and the network may read it",
}


def when(moment: Moment) -> str:
    """When a moment was, with its end where it has one."""
    until = moment.shipped.until if moment.shipped is not None else ""
    return f"{describe_date(moment.date)} to {describe_date(until)}" if until else describe_date(moment.date)


def whose(moment: Moment) -> str:
    """Whose moment it is, in two words."""
    return "Our organization" if moment.whose == "ours" else "United States"


def decade(moment: Moment) -> str:
    """The heading under which a moment stands."""
    return f"{moment.date[:3]}0s"


def details(moment: Moment) -> tuple[tuple[str, str], ...]:
    """What stands under a moment: pairs of a name and a text, none of them empty."""
    if moment.ours is not None:
        return _of_ours(moment.ours)
    return _of_shipped(moment.shipped) if moment.shipped is not None else ()


def _of_ours(event: HistoryEvent) -> tuple[tuple[str, str], ...]:
    pairs = (
        ("Who was harmed", event.harmed),
        ("Our part", event.our_part),
        ("What we do now", event.now),
        ("To talk about", event.question),
        ("Source", event.source),
        ("Kept at", event.kept_at),
        ("From", "the list that comes with Equity Lens, edited by your team" if event.of_shipped else ""),
    )
    return tuple((name, one_line(text, 4000)) for name, text in pairs if text.strip())


def _of_shipped(event: ShippedEvent) -> tuple[tuple[str, str], ...]:
    name = "Source" if len(event.sources) == 1 else "Sources"
    return (
        ("To talk about", event.question),
        (name, "; ".join(event.sources)),
        ("Checked on", describe_date(event.checked)),
    )


def event_named(event: HistoryEvent) -> str:
    """An event in a list to choose from."""
    start = describe_date(event.date) if event.placed else "Draft"
    return f"{start}: {one_line(event.happened, 60) or 'nothing written yet'}"


def event_told(event: HistoryEvent) -> list[str]:
    """An event in full, line by line, for two texts beside each other."""
    lines = [f"{label}: {one_line(getattr(event, part), 4000)}" for part, label in FIELDS.items()]
    return [line for line in lines if not line.endswith(": ")]


def statement_told(statement: Acknowledgement) -> list[str]:
    """A statement in full, line by line."""
    parts = {"title": "Title", **{part: FIELDS[part] for part in ("happened", "harmed", "our_part", "now")}}
    lines = [f"{label}: {one_line(getattr(statement, part), 4000)}" for part, label in parts.items()]
    return [line for line in (*lines, approval(statement)) if not line.endswith(": ")]


def statement_named(statement: Acknowledgement) -> str:
    """A statement's name, or what stands for one."""
    return one_line(statement.title, 120) or "A statement without a title"


def approval(statement: Acknowledgement) -> str:
    """Who stands for a statement."""
    if not statement.is_approved:
        return "A draft: nobody has approved it yet."
    return f"Approved by {one_line(statement.approved_by, 200)}, {describe_date(statement.approved)}."


def who_may_read(readers: Readers, author: str) -> str:
    """Who may read a record, as it stands at its top."""
    if readers == "author":
        return f"🔒 Only {one_line(author)} can read this."
    return f"🔒 {READERS[readers]}."


def counted(moments: Sequence[Moment]) -> str:
    """How many events are on the line, and since when."""
    ours = sum(moment.whose == "ours" for moment in moments)
    theirs = len(moments) - ours
    return f"{ours} {'event' if ours == 1 else 'events'} of our own, {theirs} of US history."
