"""The leader view's parts: one release on one page, in the order in which somebody with a phone and a minute reads.

All that is drawn comes from `equity/ui/sharing/released.py`, and so from the frozen release alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

from equity.access import may, opens
from equity.access import opening as by_link
from equity.access.here import Here
from equity.access.opening import Opening, reflection_of
from equity.access.opens import Reader, require_open
from equity.actions.work.shared_aims import shared_aims
from equity.cards.card import file_stem
from equity.cards.release_question import ReleaseQuestion
from equity.release.shelf import Release, opened
from equity.sharing import previous_release
from equity.store.files.home import home_folder
from equity.store.workspace import audit_log
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.replies import keep_persons_reply
from equity.ui.layout import marks, prose
from equity.ui.session import language, sign_in
from equity.ui.sharing import reflection_reading, released, statement_reading
from equity.ui.sharing.released import ReleaseAnswer
from equity.vocabulary import PlainError, Stratifier
from equity.words import groups, numbers
from equity.words.escaping import html, one_line
from equity.words.languages import leader_page, leader_pieces
from equity.words.languages.english import ENGLISH
from equity.words.languages.language import Language
from equity.words.languages.pages import Before, leaders, shared_aim
from equity.words.sharing.leader import FewNumber

WIDTH = 760
LINE = 28
"""Characters of the line in a tile: as many as the narrowest tile has room for."""


def show_opening(held: Opening) -> None:
    """What a reader with a link sees: the release that the link pins, and a box for an answer."""
    release = opened(home_folder(), held.release_id)
    require_open(sign_in.database(), held, opens.release(release.id, release.dataset))
    wish, asks = released.opens_with(held.choices)
    with st.container(width=WIDTH, key="leader"):
        language.switch()
        prose.title(language.chosen().say("leader.title"), _what_it_is(release))
        _own_words()
        reflection = reflection_reading.by_link(sign_in.database(), held)
        asked = [one_line(asks, 600)] if asks else reflection_reading.asked_of(reflection)
        with _finding(release, held.workspace, wish, asked):
            reflection_reading.show_by_link(sign_in.database(), held, reflection)
        _aims(release, held)
        if not reflection_of(held):
            _reply_by_link(held)
        _download(release, held)


def show_release(release_id: str) -> None:
    """What somebody who is signed in sees of a release of their workspace: the same, and a box under their own name."""
    allowed = sign_in.require("read_release")
    release = opened(home_folder(), release_id)
    place = Here(sign_in.database(), allowed.workspace, allowed.person)
    require_open(place.database, place, opens.release(release.id, release.dataset))
    if st.session_state.get("release_read") != release.id:
        audit_log.record(sign_in.database(), allowed.workspace, allowed.person, "release_read", release.id)
        st.session_state["release_read"] = release.id
    with st.container(width=WIDTH, key="leader"):
        language.switch()
        prose.small(_what_it_is(release))
        _own_words()
        reflection = reflection_reading.signed_in(place)
        asked = reflection_reading.asked_of(reflection)
        with _finding(release, allowed.workspace, ReleaseQuestion("", ""), asked):
            reflection_reading.show_signed_in(place, release.id, reflection)
            statement_reading.show_signed_in(place)
        _aims(release, place)
        _reply_by_name(release)
        _download(release, place)


def _own_words() -> None:
    """What stays as it was written, whatever language is read."""
    said = language.chosen().say("own_words")
    if said:
        prose.small(said)


@contextmanager
def _finding(release: Release, workspace: str, wish: ReleaseQuestion, asked: Sequence[str]) -> Iterator[None]:
    """The finding, what is asked, the few numbers; within it what the team wrote is drawn; then what else there is."""
    top, below = st.container(key="leader_answer"), st.container(key="leader_reflection")
    question = _chosen(release, released.asked_of(release, wish))
    with top:
        _answer(release, workspace, question, asked)
    with below:
        yield
    _guide(language.chosen())


def _aims(release: Release, who: Reader) -> None:
    """The aims that the team shares, each told with this release's numbers."""
    of = language.chosen()
    for aim in shared_aims(sign_in.database(), who, release, released.cube_of(release)):
        prose.listed(of.say("aims.title"), shared_aim(aim, of), level=2)


def _answer(release: Release, workspace: str, question: ReleaseQuestion, asked: Sequence[str]) -> None:
    told, of = released.told_by(release, question), language.chosen()
    answer = told.disparities
    before, made = _before(release, workspace, question)
    earlier = Before(None if before is None else before.disparities, made)
    said = leaders(answer, told.trends, earlier, release.policy, of)
    shown = marks.of_disparities(answer) if of is ENGLISH else leader_page.marks(answer, of)
    prose.answer(said.finding, shown, said.comes_to)
    prose.listed(of.say("leader.asked"), asked, 2)
    prose.small(said.question)
    _few(said.few)
    if said.further:
        prose.small(said.further)
    prose.listed(of.say("leader.changed"), [said.changed], level=2)
    prose.listed(of.say("leader.hidden"), said.hidden, 2)
    if not asked:
        prose.quote(of.say("leader.discuss"), said.prompt)


def _guide(of: Language) -> None:
    """The leaders' guide, and what the words mean, each behind a line that opens it."""
    with st.expander(of.say("leader.guide"), icon=":material/menu_book:", key="leader_guide"):
        st.markdown(language.leaders_guide(of))
    with st.expander(of.say("leader.glossary"), icon=":material/dictionary:", key="leader_glossary"):
        prose.terms(of.glossary)


def _chosen(release: Release, question: ReleaseQuestion) -> ReleaseQuestion:
    """The question, or another that the release holds; what comes back is looked up in its own lists again."""
    description = release.description()
    of = language.chosen()
    labels = {s.name: groups.started(_label(s, of)) for s in description.stratifiers}
    names = [m.name for m in description.measures]
    with st.expander(of.say("leader.choose"), icon=":material/tune:", key="leader_choices"):
        measure = st.selectbox(
            of.say("leader.measure"),
            names,
            names.index(question.measure),
            format_func=one_line,
            key=f"leader_measure_{release.id}",
            required=True,
        )
        by = st.selectbox(
            of.say("leader.by"),
            list(labels),
            list(labels).index(question.by),
            format_func=lambda key: labels.get(key, ""),
            key=f"leader_by_{release.id}",
            required=True,
        )
    if (measure, by) == (question.measure, question.by):
        return question
    reference = question.reference if by == question.by else ""
    return released.asked_of(release, ReleaseQuestion(str(measure), str(by), question.period, reference))


def _label(stratifier: Stratifier, of: Language) -> str:
    return groups.label(stratifier) if of is ENGLISH else leader_pieces.label_said(stratifier, of)


def _before(release: Release, workspace: str, question: ReleaseQuestion) -> tuple[ReleaseAnswer | None, str]:
    """The same question asked of the release before, in that release's own latest year, and the day it was made."""
    earlier = previous_release(sign_in.database(), home_folder(), workspace, release)
    if earlier is None:
        return None, ""
    description = earlier.description()
    if question.measure not in [m.name for m in description.measures] or question.by not in [
        s.name for s in description.stratifiers
    ]:
        return None, ""
    asked = released.asked_of(earlier, ReleaseQuestion(question.measure, question.by, "", question.reference))
    try:
        return released.told_by(earlier, asked), _made(earlier, language.chosen())
    except PlainError:
        return None, ""


def _few(numbers: tuple[FewNumber, ...]) -> None:
    """The few numbers as tiles: who, how much, how far off, where it is going. Each is read out as one sentence."""
    tiles = "".join(_tile(number) for number in numbers)
    st.html(f'<ul class="lens-few">{tiles}</ul>')


def _tile(number: FewNumber) -> str:
    who = f"<p>{html(number.who)}</p>"
    if not number.shown:
        return f'<li class="lens-unseen">{who}<p class="lens-unseen-words">{html(number.value)}</p></li>'
    around = f"{language.chosen().say('leader.range')} {number.around}" if number.around else ""
    more = " · ".join(part for part in (number.beside, around, number.size) if part)
    way = f'<p class="lens-more">{html(f"{number.mark} {number.direction}")}</p>' if number.direction else ""
    rate = f'<p class="lens-value">{html(number.value)}</p>{_line(number)}'
    return f'<li>{who}{rate}<p class="lens-more">{html(more)}</p>{way}</li>'


def _line(number: FewNumber) -> str:
    """The rate with its range on a line that all tiles share, and what it is compared with; said in words below it.

    It is drawn with characters: the page takes neither shapes nor a style of a tile's own.
    """
    if number.place is None:
        return ""
    low, at, high = (round(place * (LINE - 1)) for place in number.place[:3])
    drawn = ["─" if low <= i <= high else "·" for i in range(LINE)]
    if numbers.known(number.place[3]):
        drawn[round(number.place[3] * (LINE - 1))] = "│"
    drawn[at] = "●"
    return f'<p class="lens-line" aria-hidden="true">{"".join(drawn)}</p>'


def _reply_by_link(held: Opening) -> None:
    of = language.chosen()
    prose.heading(of.say("reply.title"))
    with st.form("reply", clear_on_submit=True, border=False):
        name = st.text_input(of.say("reply.name"), max_chars=120, key="reply_name")
        words = st.text_area(of.say("reply.words"), max_chars=4000, key="reply_words")
        sent = st.form_submit_button(of.say("reply.send"), type="primary")
    if sent:
        by_link.reply(sign_in.database(), held, name, words)
        prose.notice([of.say("reply.thanks")])


def _reply_by_name(release: Release) -> None:
    of = language.chosen()
    prose.heading(of.say("reply.title"))
    with st.form("reply", clear_on_submit=True, border=False):
        words = st.text_area(of.say("reply.words"), max_chars=4000, key="reply_words")
        sent = st.form_submit_button(of.say("reply.send"), type="primary")
    if sent:
        allowed = sign_in.require("reply_to_release")
        keep_persons_reply(sign_in.database(), allowed.workspace, release.id, words, by=allowed.person)
        prose.notice([of.say("reply.thanks")])


def _download(release: Release, who: Reader) -> None:
    """All that the release shows, as a file; asked again for the release when somebody wants it."""
    of = language.chosen()
    database, person = sign_in.database(), who.person if isinstance(who, Here) else None

    def written() -> bytes:
        require_open(database, who, opens.release(release.id, release.dataset))
        if isinstance(who, Here):
            may.require(database, person, who.workspace, "export_release")
        content = released.csv_of_release(release.id)
        audit_log.record(database, who.workspace, person, "exported", release.id, {"bytes": len(content)})
        return content

    st.download_button(
        of.say("download"),
        written,
        file_name=f"{file_stem(release.dataset)}-release.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"release_csv_{release.id}",
    )
    prose.small(of.say("download.made", release=release.id, day=_made(release, of)))


def _what_it_is(release: Release) -> str:
    who, of = one_line(release.attested_by), language.chosen()
    who = of.say("leader.local_owner") if who == LOCAL_OWNER.shown_name else who
    return of.say("leader.from", dataset=one_line(release.dataset), day=_made(release, of), who=who)


def _made(release: Release, of: Language) -> str:
    """The day on which a release was made, as the language says it."""
    return of.day(dt.date.fromisoformat(release.created[:10]))


def titles(releases: tuple[Release, ...]) -> dict[str, str]:
    """Releases as people tell them apart: the dataset, the day, the id."""
    of = language.chosen()
    return {
        r.id: of.say("leader.release_named", dataset=one_line(r.dataset), day=_made(r, of), id=r.id) for r in releases
    }
