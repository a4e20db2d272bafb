"""The question as a sentence that can be changed: one piece for every page, kept across pages and links."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import NoReturn

import streamlit as st

from equity.cards.page_question import PARTS, PageQuestion, resolve, set_apart
from equity.store.files.checksums import DamagedError
from equity.ui.components.chart import CLICKED
from equity.ui.datasets import in_memory
from equity.ui.layout import prose
from equity.ui.question.address_bar import FIRST_CARD, gone_to, write_address
from equity.ui.question.default_question import largest_gap
from equity.ui.question.question_sheet import question_sheet
from equity.ui.session.errors import say_instead
from equity.vocabulary import GRAINS, PlainError
from equity.words.escaping import html
from equity.words.labels.cards import CARD_TEXTS
from equity.words.labels.layout import LAYOUT_TEXTS

LABELS = {
    "measure": "Measure",
    "by": "Group by",
    "reference": "Compared with",
    "period": "Period",
    "grain": "Shown by",
    "where": "Only",
    "second": "Crossed with",
    "third": "And with",
    "within": "Within each",
    "dataset": "Dataset",
    "group": "Group",
    "chart": "Chart",
    "standard": "Rates",
    "against": "Compare with …",
    "hide": CARD_TEXTS["show_or_hide_groups"],
    "one_group": "One group",
    "scale": CARD_TEXTS["scale"],
    "span": CARD_TEXTS["choose_the_periods"],
}
BEFORE = {
    "measure": "",
    "by": "by",
    "reference": "compared with",
    "period": "in",
    "grain": "each",
    "where": "for",
    "second": "crossed with",
    "third": "and",
    "within": "within each",
    "dataset": "from",
    "group": "for",
    "chart": "as",
    "standard": "rates",
    "against": "Compare with",
    "one_group": "for",
    "scale": "scale",
}
WIDTHS = {
    "measure": 270,
    "by": 170,
    "reference": 190,
    "period": 140,
    "where": 200,
    "dataset": 290,
    "second": 170,
    "third": 170,
    "within": 170,
    "group": 215,
    "chart": 180,
    "standard": 320,
    "against": 250,
    "one_group": 260,
    "scale": 140,
}
UNSAID_WHEN_ALONE = ("where", "dataset")
STALE_SECONDS = 2.0
OPENED_WITH = "opened_with_address"


def choice_bar(
    page: str,
    asks: Sequence[str],
    begins: str = "",
    more: Callable[[PageQuestion], Mapping[str, str]] = lambda _: {},
    aside: Sequence[str] = (),
) -> PageQuestion:
    """Draw the bar and give the question that it reads.

    ``page`` is the page's name; ``asks`` the parts that matter there, in the order of the sentence, which ``begins``
    may open with words of its own; ``more`` gives further parts of the address for a question; ``aside`` are parts
    whose lists stand further down the page. What of all these cannot be asked is said under the bar. Parts that a page
    does not ask for keep their choice for the next page.

    A dataset that can be asked nothing gets the reason in the place of the answer, under the list of the others.
    """
    question = asked(page)
    if question.nothing:
        _say_nothing_to_ask(page, question)
    with st.container(key="question"):
        question_sheet(_said(question, asks, begins))
        with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small", key="choice_bar"):
            _bar(page, question, asks, begins)
    st.session_state["choosers_of"] = page
    st.session_state[FIRST_CARD] = True
    further = [question.refused_further[part] for part in (*asks, *aside) if part in question.refused_further]
    prose.notice([*question.doubts, *question.refused, *further])
    write_address(page, {part: code for part, code in {**question.codes, **more(question)}.items() if code})
    return question


def _said(question: PageQuestion, asks: Sequence[str], begins: str) -> list[tuple[str, str]]:
    """The sentence of the bar: the word before each part and what is picked; what is not offered is not said."""
    told = [(BEFORE[part], question.label(part)) for part in asks if _is_said(part, question)]
    return [*([("", begins)] if begins else []), *told]


def _is_said(part: str, question: PageQuestion) -> bool:
    alone = len(question.options[part]) <= 1
    return not alone or not (part in UNSAID_WHEN_ALONE or (part == "grain" and question.grain == "all"))


def _bar(page: str, question: PageQuestion, asks: Sequence[str], begins: str) -> None:
    if begins:
        st.html(f'<span class="lens-begins">{begins}</span>', width="content")
    for part in asks:
        if len(question.options[part]) > 1:
            if part == "dataset" and len(asks) > 1:
                with st.container(key="looked_at"):  # beside the page's title, where there is room for it
                    _chooser(part, question)
            else:
                _chooser(part, question)
        elif _is_said(part, question):
            st.html(
                f'<span class="lens-says">{BEFORE[part]} <b>{html(question.label(part))}</b></span>',
                width="content",
            )


def _say_nothing_to_ask(page: str, question: PageQuestion) -> NoReturn:
    if len(question.options["dataset"]) > 1:
        choosers(question, ("dataset",), "choice_bar")
        st.session_state["choosers_of"] = page
    write_address(page, {"dataset": question.codes["dataset"]})
    say_instead(question.nothing)


def choosers(question: PageQuestion, parts: Sequence[str], key: str) -> None:
    """Lists for parts of the question that stand beside what they change, not in the bar."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=key):
        for part in parts:
            _chooser(part, question)


def words_before_lists() -> str:
    """Style rules that write the word before each list: text of its own would be a part of the page more, six a bar."""
    words = [f'.st-key-choose_{part}::before {{ content: "{word}"; }}' for part, word in BEFORE.items() if word]
    widths = [
        f".st-key-choose_{part} {{ --lens-list: {width}px; --lens-word: {len(BEFORE[part]) * 8}px; }}"
        for part, width in WIDTHS.items()
    ]
    return "\n".join([*words, *widths])


def asked(page: str = "") -> PageQuestion:
    """The question as it stands: what was picked, linked or asked before, else the usual one. Draws nothing."""
    question = _resolved(_wishes(page))
    _keep(question)
    return question


def dataset_in_use(names: Sequence[str]) -> str:
    """The dataset that is looked at, else the newest: what a page that asks for one begins with."""
    looked_at = str(st.session_state.get("asked", {}).get("dataset", ""))
    return looked_at if looked_at in names else in_memory.newest(names)


def question_of_home() -> PageQuestion:
    """The largest clear gap of the dataset that is looked at, as a question. Draws and keeps nothing."""
    question = asked()
    if question.nothing:
        return question
    description = in_memory.description(question.codes["dataset"])
    return resolve(in_memory.names(), description, largest_gap(description))


def link_to(question: PageQuestion, **changes: str) -> dict[str, str]:
    """The parameters of a link to the question with some parts changed, for `st.page_link`."""
    return {part: code for part, code in {**question.codes, **changes}.items() if code}


def _wishes(page: str) -> Mapping[str, str]:
    """What is wished for: what was clicked on, where Back went to, a pick just made, else an address that we did not
    write, else what was asked before.

    A request can carry an address older than the one just written: always the one that the page was opened with, which
    is a wish only once, and, when a person clicks twice in a moment, the one before the last, which is none on the same
    page within two seconds.
    """
    state = st.session_state
    asked: dict[str, str] = state.get("asked", {})
    clicked, went, picked = state.pop(CLICKED, None), gone_to(page), state.pop("picked", None)
    if clicked:
        return {part: code for part, code in {**asked, **clicked}.items() if code}  # without a code: the usual choice
    if went:
        return {part: value for part, value in went.items() if part in PARTS}
    address = _address()
    if picked and not (_is_wish(address, page) and _is_left_over(picked, page)):
        return {**asked, picked: state[f"choose_{picked}"]}
    wished = _is_wish(address, page)
    state[OPENED_WITH] = address
    return {**(asked if "dataset" not in address else {}), **address} if wished else asked


def _address() -> dict[str, str]:
    return {part: value for part, value in st.query_params.to_dict().items() if part in PARTS}


def _is_wish(address: Mapping[str, str], page: str) -> bool:
    state = st.session_state
    written = {part: code for part, code in state.get("asked", {}).items() if code}
    moments_ago = state.get("choosers_of") == page and time.monotonic() - state.get("asked_at", 0.0) < STALE_SECONDS
    opened_with = state.get("choosers_of") == page and address == state.get(OPENED_WITH)
    stale = opened_with or (moments_ago and address == state.get("asked_before"))
    return bool(address) and address != written and not stale


def _is_left_over(picked: str, page: str) -> bool:
    """Whether a list only says what it said before Back, or on the page that was left, and no hand has picked it."""
    state = st.session_state
    before = state.get("asked_before", {})
    return state.get("choosers_of") != page or state[f"choose_{picked}"] == before.get(picked, "")


def _resolved(wishes: Mapping[str, str]) -> PageQuestion:
    names = in_memory.names()
    if not names:
        raise PlainError("There is no dataset here yet: bring one in on the Upload page.")
    usual = "" if wishes.get("dataset") in names else in_memory.newest(names)
    wished = wishes.get("dataset", usual)
    exists = wished in names
    try:
        description = in_memory.description(wished if exists else usual)
    except DamagedError as damage:
        return set_apart(names, wished if exists else usual, str(damage))
    if "measure" not in wishes and "by" not in wishes:
        wishes = {**wishes, **largest_gap(description)}
    question = resolve(names, description, wishes)
    if exists:
        return question
    return question.refusing(LAYOUT_TEXTS["there_is_no_dataset_here"].format(wished=wished, names=usual))


def _keep(question: PageQuestion) -> None:
    state = st.session_state
    codes = dict(question.codes)
    if state.get("asked") != codes:
        state["asked_before"] = {part: code for part, code in state.get("asked", {}).items() if code}
        state["asked_at"] = time.monotonic()
        state["asked"] = codes


def _picked(part: str) -> None:
    st.session_state["picked"] = part


def _chooser(part: str, question: PageQuestion) -> None:
    """One word of the sentence: what stands before it, and the list to pick from."""
    labels = {option.code: option.label for option in question.options[part]}
    key, code = f"choose_{part}", question.codes[part]
    st.session_state[key] = code  # in each run: what one told the list is lost when the next begins in that moment
    if part == "grain":
        st.segmented_control(
            LABELS[part],
            sorted(labels, key=GRAINS.index),
            format_func=lambda code: labels.get(code, ""),
            key=key,
            label_visibility="collapsed",
            width="content",
            on_change=_picked,
            args=(part,),
            required=True,
        )
        return
    st.selectbox(
        LABELS[part],
        list(labels),
        format_func=lambda code: labels.get(code, ""),
        key=key,
        label_visibility="collapsed",
        on_change=_picked,
        args=(part,),
        required=True,
    )
