"""History: the shipped list is what it says it is; an own event has a date, a source and no address that is none."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from equity.improvement.team import history as rules
from equity.improvement.team.history import Acknowledgement, HistoryEvent
from equity.improvement.team.shipped_history import ShippedEvent, shipped_events
from equity.vocabulary import PlainError

TODAY = dt.date(2026, 11, 29)
OWN = HistoryEvent(
    date="1958", happened="Our maternity ward was for White mothers only.", source="Board minutes", harmed="Mothers"
)
HARM = ("tuskegee", "sterilization", "madrigal", "henrietta")


def test_the_list_has_its_events_in_their_order() -> None:
    events = shipped_events()
    assert len(events) >= 35
    assert len({event.key for event in events}) == len(events)
    assert [event.date for event in events] == sorted(event.date for event in events)


@pytest.mark.parametrize("event", shipped_events(), ids=lambda event: event.key)
def test_each_shipped_event_says_one_thing_and_where_it_was_read(event: ShippedEvent) -> None:
    for date in (event.date, event.until):
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", date) or (date == "" and date is event.until)
    assert dt.date.fromisoformat(event.checked) <= TODAY
    assert len(event.sources) >= (2 if event.second_hand else 1)
    assert all(len(source) > 8 for source in event.sources)
    assert event.said.endswith(".")
    assert len(event.said.split()) <= 30
    assert event.question.endswith("?")
    assert event.violence or not (any(word in event.key for word in HARM) and "apology" not in event.key)


def test_what_is_not_agreed_on_or_was_not_read_is_left_out() -> None:
    said = " ".join(event.said for event in shipped_events())
    assert not re.search(r"3,406|35,315|five of seven|1,000 hospitals|\b399\b", said)
    assert "buck" not in said.lower()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"date": ""}, "no date here"),
        ({"date": "1958-13"}, "no date here"),
        ({"date": "1958-02-30"}, "no day 1958-02-30"),
        ({"date": "2027"}, "today"),
        ({"date": "0999"}, "today"),
        ({"date": "<script>"}, "no date here"),
        ({"happened": " "}, "what happened"),
        ({"source": ""}, "where you know it from"),
        ({"kept_at": "javascript://x y"}, "https"),
        ({"kept_at": 'https://x"onload=1'}, "https"),
    ],
)
def test_an_event_that_cannot_stand_on_the_line_says_why(change: dict[str, str], named: str) -> None:
    assert rules.placed(OWN, TODAY).placed
    with pytest.raises(PlainError, match=named):
        rules.placed(replace(OWN, **change), TODAY)  # type: ignore[arg-type]


def test_an_own_copy_takes_the_place_of_a_shipped_event() -> None:
    shipped = shipped_events()
    copy = rules.placed(replace(rules.edited_from(shipped[5]), happened="In our words"), TODAY)
    line = rules.timeline([("a", OWN), ("b", copy), ("c", rules.placed(OWN, TODAY))], shipped)
    assert len(line) == len(shipped) + 1
    assert [m.date for m in line] == sorted(m.date for m in line)
    assert {m.record for m in line if m.whose == "ours"} == {"b", "c"}
    assert shipped[5].said not in [m.said for m in line]
    assert {m.whose for m in rules.timeline([("b", copy)], shipped, "ours")} == {"ours"}


def test_a_statement_is_approved_as_it_is_worded_and_no_otherwise() -> None:
    words = Acknowledgement("Northside", "We turned people away", "Black families", "The board signed", "A council")
    for lacking in ({"happened": ""}, {"harmed": " "}, {"now": ""}):
        with pytest.raises(PlainError, match="before it is approved"):
            rules.approved(replace(words, **lacking), "The board", TODAY)  # type: ignore[arg-type]
    with pytest.raises(PlainError, match="who approved"):
        rules.approved(words, " ", TODAY)
    stands = rules.approved(words, "The board", TODAY)
    assert (stands.approved_by, stands.approved) == ("The board", "2026-11-29")
    assert rules.reworded(stands, words) == stands
    assert not rules.reworded(stands, replace(words, now="Nothing")).is_approved
    assert not rules.reworded(Acknowledgement(), stands).is_approved
