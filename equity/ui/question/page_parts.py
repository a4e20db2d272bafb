"""What pages share besides the choice bar and the card: the title, the column beside, the links onward."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from equity.cards.page_question import PageQuestion
from equity.cards.recipe import link_to_cards, recipe
from equity.lens.answers import Areas
from equity.server.sample_data import SAMPLE
from equity.ui.datasets import in_memory
from equity.ui.layout import prose
from equity.ui.layout.lazy_expander import lazy_expander
from equity.ui.page_registry import ENTRIES, SECTIONS, page
from equity.ui.question.choice_bar import link_to
from equity.ui.session import sign_in
from equity.vocabulary import PeriodRange, Stratifier
from equity.words import groups, measures, numbers, periods
from equity.words.answers.areas import ranked
from equity.words.comparisons import Comparison
from equity.words.escaping import markdown
from equity.words.labels.layout import LAYOUT_TEXTS
from equity.words.labels.pages import PAGE_TEXTS

WHERE_NEXT = "Where to look next"


def page_title(name: str) -> None:
    """The page's name and the question that it answers."""
    entry = ENTRIES[name]
    prose.title(entry.title, entry.question)


def greet(question: PageQuestion) -> None:
    """The name of the page, and whose largest gap stands under it, where there is one to ask for."""
    if question.nothing:
        prose.title("Home")
        return
    when = periods.during(question.choices.period)
    prose.title(
        "Home", LAYOUT_TEXTS["the_gap_that_concerns_the_most"].format(dataset=question.codes["dataset"], when=when)
    )


def present_page(question: PageQuestion, name: str, cards: Sequence[str]) -> None:
    """A link that presents this page's cards one by one, in large type; ``cards`` are their names in order."""
    with st.container(key="present_page"):
        st.page_link(
            page("presenting"),
            label="Present this page",
            icon=ENTRIES["presenting"].icon,
            query_params=link_to_cards(recipe(name, cards[0], question), cards),
        )


def discussion_column(
    question: str, sure: Sequence[str], not_told: Sequence[str], onward: Mapping[str, tuple[str, dict[str, str]]]
) -> None:
    """What stands beside a card, or under it on a phone.

    ``question`` opens the conversation; ``sure`` says how sure the answer is; ``not_told`` what it does not tell;
    ``onward`` maps a page's name to the words of the link and the question to open it with.
    """
    prose.to_talk_about(question, sure, not_told, WHERE_NEXT if onward else "")
    _links(onward)


def first_questions(question: PageQuestion) -> None:
    """What somebody asks who has just read the sentence, each a link to the page that answers it."""
    links(
        {
            "disparities": (LAYOUT_TEXTS["how_sure"], link_to(question)),
            "trends": (LAYOUT_TEXTS["is_this_gap_closing"], link_to(question)),
            **within_each(question),
            "completeness": ("Who is missing?", link_to(question)),
            **({"releases": ("Share it", {})} if sign_in.may("create_release") else {}),
        }
    )


def within_each(question: PageQuestion) -> dict[str, tuple[str, dict[str, str]]]:
    """The link to where a gap is, by the name of its page; nothing where the data have no places to tell apart."""
    held = in_memory.description(question.codes["dataset"])
    if not question.codes["within"] or held.tables != "crossed" or held.values == "estimates":
        return {}
    said = LAYOUT_TEXTS["is_it_the_same_within_each"].format(place=markdown(question.label("within")))
    return {"gap_sources": (said, link_to(question))}


def on_every_measure(
    question: PageQuestion, stratifier: Stratifier, group: str
) -> dict[str, tuple[str, dict[str, str]]]:
    """The link to one group on every measure; none where the page is about no group."""
    if not group:
        return {}
    noun = groups.noun_of_all(in_memory.description(question.codes["dataset"]).measures)
    who = groups.started(groups.describe_group(stratifier, group, noun))
    said = PAGE_TEXTS["on_every_measure"].format(who=markdown(who))
    return {"scan": (said, link_to(question, one_group=f"{stratifier.name}:{group}"))}


def links(onward: Mapping[str, tuple[str, dict[str, str]]]) -> None:
    """Links to other pages, each with the question it opens with, under a heading."""
    if onward:
        prose.heading(WHERE_NEXT, level=3)
    _links(onward)


def _links(onward: Mapping[str, tuple[str, dict[str, str]]]) -> None:
    for name, (label, parameters) in onward.items():
        st.page_link(page(name), label=label, icon=ENTRIES[name].icon, query_params=parameters)


def without_periods(question: PageQuestion) -> None:
    """What can be done where the data have no periods: see the groups side by side, bring in a file that says when."""
    if question.grain != "all":
        return
    onward = {"disparities": (LAYOUT_TEXTS["the_groups_side_by_side"], link_to(question))}
    if sign_in.may(ENTRIES["upload"].needs):
        onward["upload"] = (LAYOUT_TEXTS["upload_with_dates"], {})
    links(onward)


def gap_links(answer: Areas, question: PageQuestion, most: int = 5) -> None:
    """A link to each clear gap with its group in focus, those that concern the most people first, the rest to open."""
    gaps = ranked(answer, len(answer.rows))
    if not gaps:
        return
    prose.heading("Look closer", level=3)
    first = gaps if len(gaps) <= most + 1 else gaps[:most]
    _gap_links(first, question)
    if more := gaps[len(first) :]:
        name = LAYOUT_TEXTS["the_other_clear_gaps"].format(count=numbers.count(len(more)))
        lazy_expander(name, ":material/expand_more:", "other_gaps", lambda: _gap_links(more, question))


def _gap_links(gaps: Sequence[Comparison], question: PageQuestion) -> None:
    for gap in gaps:
        asked = {"measure": gap.measure.name, "by": gap.stratifier.name, "group": gap.row.group, "reference": ""}
        st.page_link(
            page("disparities"),
            label=markdown(f"{measures.heading(gap.measure)}: {gap.who}"),
            icon=ENTRIES["disparities"].icon,
            query_params=link_to(question, **asked),
        )


def what_is_here(question: PageQuestion) -> None:
    """The dataset that is looked at, in a few lines, and whether it is made up."""
    held = in_memory.description(question.codes["dataset"])
    stretch = periods.title(PeriodRange(held.periods[0], held.periods[-1])) if held.periods else "no periods"
    prose.listed(
        "What is here",
        [
            f"{held.dataset}, version {held.version}",
            f"{numbers.count(held.rows_used)} rows, {measures.how_many(len(held.measures))}, {stretch}",
            f"Group by: {groups.listed([groups.label(s) for s in held.stratifiers], most=8) or 'nothing'}",
            *([LAYOUT_TEXTS["all_of_it_is_made_up"]] if held.dataset == SAMPLE else []),
        ],
    )


def every_page(parameters: dict[str, str]) -> None:
    """A link to each other page with what it answers; pages that ask a question open with this one."""
    with st.container(key="every_page"):
        prose.heading("Where to go next")
        for section, entries in SECTIONS.items():
            for entry in entries:
                if entry.url and sign_in.may(entry.needs):
                    with st.container(gap=None, key=f"onward_{entry.name}"):
                        st.page_link(
                            page(entry.name),
                            label=entry.title,
                            icon=entry.icon,
                            query_params=parameters if section == "Look" else None,
                        )
                        prose.small(entry.question)
