"""Every text of a learning call, in one place: the participant's page, the facilitator's lines, refusals, minutes.

``PAGE`` goes to the browser as it is; another language is a file like `languages/spanish_call.py`. ``{n}`` and the
like are filled in where the text is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from equity.calls.guesses import GuessStrip
from equity.calls.stages import Stage
from equity.vocabulary.lenses import LENSES, TEAM
from equity.words.call import weighing_page
from equity.words.labels.server import SERVER_TEXTS
from equity.words.work.focus import CRITERIA, criterion_name

STAGE_TITLES: Final[Mapping[Stage, str]] = MappingProxyType(
    {
        "predict": "Predict",
        "reveal": "Reveal",
        "look_around": "Look around",
        "notice": "Notice",
        "wonder": "Wonder",
        "so_what": "So what",
        "next_test": "Next test",
        "weigh": "Weigh",
    }
)
STAGE_ASKS: Final[Mapping[Stage, str]] = MappingProxyType(
    {
        "predict": "What do you think we will see? Guess before the picture comes.",
        "reveal": "Look quietly for a moment. How does it compare with your guess?",
        "look_around": "Look around on your own. What else should we see together?",
        "notice": "What do you see? Facts only.",
        "wonder": "What would you like to know? Write it as a question.",
        "so_what": "Why does this matter, and for whom?",
        "next_test": "What small change could we test by next week?",
        "weigh": "What should matter for our choice? Give 100 points, in private.",
    }
)
OPENERS: Final[Mapping[Stage, str]] = MappingProxyType(
    {
        "predict": "I think …",
        "reveal": "",
        "look_around": "I would like to look at …",
        "notice": "I notice …",
        "wonder": "I wonder …",
        "so_what": "This matters because …",
        "next_test": "By next week we could test …",
        "weigh": "",
    }
)
FACILITATOR_LINES: Final[Mapping[Stage, str]] = MappingProxyType(
    {
        "predict": "Before we look: write down your guess. Nobody sees it until we reveal the picture. A guess cannot "
        "be wrong here: it shows us what we expected.",
        "reveal": "Here it is. Take half a minute in silence. Find your guess beside it.",
        "look_around": "Take three minutes on your own. Open the dashboard if you like. Bring back one thing.",
        "notice": "Write what you see: numbers, groups, ranges. Only facts for now, no reasons yet.",
        "wonder": "Now questions. What would we need to know? Several explanations are better than one.",
        "so_what": "Why does this matter for our patients and for how we work? Which part of our care makes it harder?",
        "next_test": "What is the smallest change that we could test by next week? Who will do it, and on which day?",
        "weigh": "Give 100 points to what should matter for our choice, each on your own. Nobody sees yours before all "
        "are shown at once. Then we talk about where we differ most.",
    }
)

_CRITERIA: Final = (*map(criterion_name, CRITERIA), *(weighing_page.PAGE[f"from.{name}"] for name in CRITERIA))
NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {name: name for name in (*LENSES, TEAM, "percentage points", *_CRITERIA)}
)
"""Names of ours that the page shows: what people speak from, the unit of a guess, and the criteria of the data."""

PAGE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "product": "Equity Lens",
        "call": "Learning call",
        "join_title": "Join the call",
        "first_name": "First name",
        "lens": "You speak mostly from the view of",
        "join": "Join",
        "joining": "Joining …",
        "code_title": "Type the code of your call",
        "code": "Code, such as KITE-42",
        "open": "Open",
        "not_connected": "Not connected. What you write is kept.",
        "connected": "Connected",
        "waiting": "Waiting for the call …",
        "minutes_left": "{time} left",
        "over_time": "{time} over, take the time you need",
        "card_of": "Picture {n} of {all}",
        "not_yet": "The picture comes after the guesses.",
        "loading": "The picture is coming …",
        "no_picture": "You came by a link, so you see the question and the words. The picture is for the team.",
        "table": "Table",
        "your_guess": "Your guess",
        "which_group": "Which group has the widest gap?",
        "no_group": "I am not sure",
        "how_far": "How wide is the gap, in {unit}?",
        "slide": "Or slide to it",
        "about": "About",
        "whole_picture": "the whole picture",
        "about_part": "about {part}",
        "which_period": "In which year?",
        "any_period": "all of it",
        "sketch": "Or sketch every group",
        "sketch_group": "{name}, in {unit}",
        "less": "{name}: less",
        "more_of": "{name}: more",
        "sketches_title": "What we sketched",
        "why": "Why do you think so? (optional)",
        "guess_in": "Your guess is in. The picture comes soon.",
        "guess_again": "Change my guess",
        "present": "Present",
        "answered": "{n} of {all} have answered",
        "write_here": "Write here",
        "without_name": "without my name",
        "anonymous_note": "Nobody can find out who wrote it: it is kept without you.",
        "owner": "Who will do it?",
        "day": "By which day?",
        "send": "Send",
        "sending": "Sending …",
        "sent": "Sent.",
        "kept_to_send": "Kept here. It is sent as soon as the line is back.",
        "others_predict": "Guesses ({n})",
        "others_look_around": "What people would like to look at ({n})",
        "others_notice": "What people noticed ({n})",
        "others_wonder": "What people wonder ({n})",
        "others_so_what": "Why it matters ({n})",
        "others_next_test": "Tests for next week ({n})",
        "nothing_yet": "Nothing here yet.",
        "without_a_name": "without a name",
        "vote": "Add a dot",
        "unvote": "Take my dot back",
        "dots": "{n} dots",
        "one_dot": "1 dot",
        "edit": "Edit",
        "withdraw": "Withdraw",
        "save": "Save",
        "cancel": "Cancel",
        "edited": "edited",
        "hidden": "Hidden by the facilitator: {reason}",
        "withdrawn": "Withdrawn by whoever wrote it.",
        "here": "Here: {n}",
        "ended": "The call has ended. Thank you. Your team keeps the minutes.",
        "look_around": "Open the dashboard",
        "try_words": "Try: “{say}” instead of “{said}”. {why}",
        "guesses_title": "Our guesses",
        "truth": "what the picture shows",
        "too_much": "You write faster than we can keep up with. What you wrote is kept here and is sent in a moment.",
        "not_sent": "This could not be sent: {why}",
        "lead_title": "You lead this call",
        "back": "Back",
        "next": "Next",
        "reveal": "Reveal",
        "end_call": "End the call",
        "end_sure": "End the call for everybody?",
        "wrote": "{n} of {all} wrote",
        "say": "Say",
        "not_reached": "Not reached yet",
        "all_reached": "Everything was reached.",
        "scribe": "Type what was said aloud",
        "scribe_lens": "Said from the view of",
        "hide": "Hide",
        "hide_reason": "Why is it hidden? Everybody reads the reason.",
        "cards": "Pictures",
        "stages": "Stages",
        "prompts": "Questions that fit this picture",
        "hand_over": "Hand over to",
        "more": "More",
        "offers": "Offered from looking around",
        "offered_by": "{question} (offered by {name})",
        "add_offer": "Add to the call",
        "points_left": "Points left to give: {n}.",
        "points_over": "Points too many: {n}.",
        "points_given": "All 100 points are given.",
        "fewer": "{name}: five fewer",
        "more_points": "{name}: five more",
        "finished": "I have finished",
        "keep_later": "Keep for later",
        "points_kept": "Kept. You can change your points until all are shown.",
        "points_done": "You have finished. You can change your points until all are shown.",
        "have_finished": "Have finished: {n}",
        "among": "What is chosen among",
        "our_weights": "Our weights",
        "reveal_weights": "Show all weights",
        "weigh_again": "Weigh once more",
        "wait_weights": "The points are shown when all have finished.",
        "points_by": "{name}: {points}",
        "other_language": "",
        "languages": "Language",
    }
)
"""What the page in the browser says."""

REFUSED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "no call": "This link opens no call: please check that it is whole, or ask for a new one.",
        "over": "This link has run out: please ask whoever leads the call for a new one.",
        "ended": "This call has ended: nothing can be added any more.",
        "no key": "Please join the call first: the request came without a participant’s key.",
        "wrong key": "This key does not belong to this call: please join again.",
        "no name": "Please type a first name: one letter is enough.",
        "long name": "Please type a shorter name: 80 characters are the most.",
        "empty": "Please write something first.",
        "long words": "This has {n} characters, and 4,000 are the most: please send it in two parts.",
        "no client": "The request came without a client_id: send one that is new for each contribution.",
        "quiet stage": "This stage is for looking: write in the next one.",
        "no card": "This call has no picture {n}.",
        "no contribution": "This contribution is not in this call.",
        "not yours": "Only whoever wrote it can change it.",
        "gone": "This contribution was withdrawn or hidden, so it cannot be changed.",
        "odd anchor": "The anchor of this contribution cannot be read.",
        "not json": "The request is not readable: send a JSON object.",
        "too large": "The request is too large: 32 kB are the most.",
        "slow down": "You are very quick. Please wait {n} seconds: nothing is lost, send it again then.",
        "full": "This call is full: 500 people are the most.",
        "own vote": "The request names no contribution.",
        "not leading": "Only whoever leads the call can do this.",
        "no offer": "This picture was not offered to this call.",
        "many offers": "30 pictures are waiting already: please say in the call what you found.",
        "no reason": "Please say why it is hidden: everybody reads the reason.",
        "another code": "This code opens no call: please listen again, and type it as it was said.",
        "too many codes": "There were many wrong codes in the last minute: please wait a minute, or use the link.",
        "no points": "Give each criterion a number of points from 0 to 100.",
        "not found": SERVER_TEXTS["there_is_nothing_at_this_address"],
        "failed": "Something went wrong here. Nothing that you sent before is lost: please try again.",
    }
)
"""Each refusal in one sentence."""

MINUTES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "kind": "Minutes of a learning call",
        "led_by": "Led by",
        "who": "Who was there",
        "picture": "Picture",
        "asked": "Asked:",
        "then": "At the call it said:",
        "guesses": "Our guesses",
        "tests": "Next tests",
        "no_tests": "No test was written down.",
        "became": "What became of it",
        "open": "Not reached",
        "nothing_open": "Everything was reached.",
    }
)
"""What the minutes say in every format."""


OFFER: Final = "Offer to the call"
OFFERED: Final = "Offered. Whoever leads the call can add it."


def guesses_sentence(strip: GuessStrip) -> str:
    """“12 of 30 thought the gap was smaller.”"""
    all_of = len(strip.guesses)
    parts = []
    if all_of:
        larger = f", {strip.larger} thought it was larger" if strip.larger else ""
        parts.append(f"{strip.smaller} of {all_of} thought the gap was smaller{larger}.")
    if strip.named_group:
        parts.append(f"{strip.right_group} of {strip.named_group} named {strip.group}.")
    return " ".join(parts)
