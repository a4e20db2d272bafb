"""What addresses answer outside the pages: every text by key; values stand in braces."""

from __future__ import annotations

from typing import Final

SERVER_TEXTS: Final = {
    "there_is_no_such_application": "There is no such application at this address: check it, or begin a new one.",
    "this_call_has_no_card": "This call has no card {number}: it has {cards}.",
    "no_applications_are_taken": (
        "No applications are taken at this address: please ask the network for the one that is open now."
    ),
    "somebody_else_wrote_this_note_answer": "Somebody else wrote this note: answer it instead.",
    "others_have_answered_this_note_change": "Others have answered this note: change its words, or close it.",
    "this_link_opens_nothing_any_more": "This link opens nothing any more: ask your team for a new one.",
    "weighing_is_over_for_this_decision": "Weighing is over for this decision: look at it together with your team.",
    "that_could_not_be_done_just": (
        "That could not be done just now: what you typed is still on your page. Please try again."
    ),
    "this_address_takes_answers": "This address takes answers and a team.",
    "that_was_a_lot_at_once": "That was a lot at once: please wait a moment. What you typed stays on your page.",
    "there_is_nothing_at_this_address": "There is nothing at this address.",
    "another_method": "This address is not asked in this way: see the documents for how.",
    "this_line_is_not_encrypted_whoever": (
        "This line is not encrypted: whoever is on this network can read what people write. Use it in a room of "
        "your own, and stop it with Ctrl+C when the call is over."
    ),
    "this_does_not_come_from": "This does not come from an open page of this dashboard: reload the page.",
    "the_page_has_been_open": "The page has been open for too long: reload it and press the button again.",
    "this_file": "This file is not for the person who is signed in now: reload the page.",
    "the_file_could_not_be_made": "The file could not be made; the server's log says why.",
    "this_dashboard_is_not_served": (
        "This dashboard is not served: it would be open to a network without anybody signing in. Configure sign-in "
        "(docs/sharing.md), or start it on this machine alone with --server.address 127.0.0.1."
    ),
    "this_dashboard_has_no_sign": (
        "This dashboard has no sign-in and answers to the names of this machine alone: open it as http://localhost "
        "with its port."
    ),
    "this_dashboard_is_not_served_its": (
        "This dashboard is not served: its secrets file cannot be read, so nobody can sign in. Mend it and start again."
    ),
    "this_message_is_too_long": "This message is too long.",
    "this_connection_is_refused": "This connection is refused.",
    "this_address_takes_one_json_object": "This address takes one JSON object.",
    "this_is_longer_than_the_kb": "This is longer than the {most} kB that this address takes.",
    "the_sample_data_could": "The sample data could not be loaded; the server's log says why.",
    "the_upload_was_cancelled": "The upload was canceled.",
    "many_people_are_saving_right_now": (
        "Many people are saving right now: please try again in a moment. Your points are still here."
    ),
    "this_is_longer_than_a_form": "This is longer than a form of points.",
    "this_is_longer_than_the_kb_that_this_address": (
        "This is longer than the {longest_body} kB that this address takes."
    ),
    "there_is_nothing_at_this_address_files": "There is nothing at this address: files come in on the page Upload.",
    "another_site_may_not_sign": "Another site may not sign you in or out: open the dashboard itself.",
    "this_comes_from_a_page": "This comes from a page of another site: open the dashboard itself.",
    "there_is_a_query_already_choose": "There is a query “{name}” already: choose another name, or change that one.",
}
"""By key."""
