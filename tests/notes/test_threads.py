"""Notes as threads: what stands on which card, who is named, what is new to whom, what is looked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from equity.notes import note as rules
from equity.notes import threads as reading
from equity.notes.note import LONGEST_WORDS, Note
from equity.notes.threads import Wanted
from equity.store.records.kept import Kept
from equity.vocabulary import PlainError

LINK = {
    "dataset": "Visits",
    "measure": "BP",
    "by": "race",
    "period": "2024",
    "card": "disparities.groups",
    "version": "1",
}
MOMENT = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)


def kept(record: str, content: Note, *, author: str = "ada", parent: str = "") -> Kept[Note]:
    return Kept(record, "home", parent, content, "team", 1, author.title(), author, MOMENT, author, MOMENT, None)


def note(words: str = "Look", day: int = 1, **more: object) -> Note:
    return replace(Note(words, "data", LINK, "Asked", "Seen", f"2026-01-{day:02}"), **more)  # type: ignore[arg-type]


def answer(words: str, day: int, **more: object) -> Note:
    return note(words, day, link={}, asked="", finding="", **more)


def test_answers_stand_under_their_note_and_the_latest_word_is_first() -> None:
    every = [
        kept("old", note(day=1)),
        kept("new", note(day=3)),
        kept("b", answer("Second", 5), parent="old"),
        kept("a", answer("First", 2), parent="old", author="ben"),
        kept("draft", answer("Not yet", 1, kept=""), parent="old"),
        kept("begun", note(kept="")),
        kept("astray", answer("Of a note that is not for this reader", 6), parent="hidden"),
    ]
    first, second = reading.threads(every)
    assert (first.note.id, second.note.id) == ("old", "new")
    assert [each.id for each in first.answers] == ["a", "b"]
    assert [each.id for each in first.drafts] == ["draft"]
    assert [each.id for each in reading.drafts(every)] == ["begun"]


@pytest.mark.parametrize(
    ("part", "code", "same"),
    [("period", "2023", True), ("version", "2", True), ("by", "sex", False), ("card", "trends.multiples", False)],
)
def test_a_card_is_the_same_subject_in_another_period_or_version(part: str, code: str, same: bool) -> None:
    found = reading.threads([kept("one", note())])
    assert bool(reading.about(found, {**LINK, part: code})) is same


def test_threads_are_found_by_card_person_lens_and_state() -> None:
    every = reading.threads(
        [
            kept("one", note(day=1)),
            kept("reply", answer("Yes", 2, lens="equity"), parent="one", author="ben"),
            kept("two", note(day=3, closed=True, link={**LINK, "card": "trends.multiples"})),
        ]
    )
    for wanted, found in (
        (Wanted(), ["one"]),
        (Wanted(state="all"), ["two", "one"]),
        (Wanted(state="closed"), ["two"]),
        (Wanted(page="trends", state="all"), ["two"]),
        (Wanted(author="Ben"), ["one"]),
        (Wanted(author="Cleo"), []),
        (Wanted(lens="equity"), ["one"]),
        (Wanted(lens="community", state="all"), []),
    ):
        assert [thread.note.id for thread in reading.chosen(every, wanted)] == found, wanted


def test_what_is_new_is_by_others_and_what_names_one_comes_first() -> None:
    every = reading.threads(
        [
            kept("mine", note(day=9)),
            kept("seen", note(day=2), author="ben"),
            kept("fresh", note(day=5), author="ben"),
            kept("named", answer("@Ada", 4, named=("ada",)), parent="mine", author="cleo"),
        ]
    )
    assert [each.id for each in reading.new_to(every, "ada", "2026-01-03")] == ["named", "fresh"]
    assert [each.id for each in reading.new_to(every, "ada", "")] == ["named", "fresh", "seen"]
    assert [each.id for each in reading.new_to(every, "ben", "2026-01-04")] == ["mine"]


PEOPLE = [("1", "Ada Lovelace"), ("2", "Ada Byron"), ("3", "Ben Bo"), ("4", " "), ("5", "Bo")]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("@Ben could we?", ("3",)),
        ("@ben bo, @BEN", ("3",)),
        ("@Ada, which of you?", ()),
        ("@ada byron: you", ("2",)),
        ("@Bob is nobody here; write to x@bo.example", ("5",)),
        ("@Benjamin", ()),
        ("ada lovelace without a sign; a lone @", ()),
        ("@Bo and @Ada Lovelace", ("5", "1")),
    ],
)
def test_people_are_named_by_a_whole_name_or_a_first_name_that_is_only_theirs(
    words: str, named: tuple[str, ...]
) -> None:
    assert reading.named_in(words, PEOPLE) == named


def test_a_note_is_put_there_with_words_of_a_length_that_can_be_read() -> None:
    draft = rules.drafted(rules.begun(LINK, "Asked", "Seen"), "Look", "equity")
    assert draft.is_draft
    placed = rules.placed(draft, ("3",), MOMENT)
    assert (placed.kept, placed.named, placed.finding, placed.dataset, placed.page) == (
        "2026-01-05T09:00:00+00:00",
        ("3",),
        "Seen",
        "Visits",
        "disparities",
    )
    for words, said in (("  \n", "is empty"), ("x" * (LONGEST_WORDS + 1), "4,000 is the most")):
        with pytest.raises(PlainError, match=said):
            rules.placed(replace(draft, words=words), (), MOMENT)
    with pytest.raises(PlainError, match="no lens"):
        rules.drafted(draft, "Look", "astrology")
    assert rules.linked_with(rules.linked_with(placed, "b"), "b").linked == ("b",)
