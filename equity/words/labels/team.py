"""The team, its roles, its history and the audit log: every text by key; values stand in braces."""

from __future__ import annotations

from typing import Final

TEAM_TEXTS: Final = {
    "last_checked_on_all_entries_were": "Last checked on {when}: all {checked} entries were as they were written.",
    "entries_to_the_newest_first": "Entries {first} to {first_2}, the newest first.",
    "nobody_has_checked_yet_that_every": "Nobody has checked yet that every entry is as it was written.",
    "entries_are_missing_from_the_log": (
        "Entries are missing from the log: it went up to entry {cut}, which is not there any more, as was found on "
        "{when}."
    ),
    "the_log_was_changed_behind": (
        "Entry {broken} was changed outside this program: it is not as it was written, as was found on {when}."
    ),
    "check_every_entry_now": "Check every entry now",
    "there_is_no_such_entry": "There is no such entry.",
    "who_may_read": "Who may read it",
    "choose_an_event_of_our_own": "Choose an event of our own",
    "it_tells_of_violence": "It tells of violence or of harm to people’s bodies",
    "put_an_event_of_us_history": "Put an event of US history into our own words",
    "change_who_may_read": "Change who may read it",
    "what_they_promise_hours_tasks": "What they promise (hours, tasks, by when)",
    "takes_part_in_the_relationship_practice": "Takes part in the relationship practice",
    "the_name_they_go": "The name they go by",
    "who_was_in_the_team_before": "Who was in the team before",
    "people_in_a_group": "People in a group",
    "keeps_the_time_this_round": "{name} keeps the time this round.",
    "no_sign_in_is_configured": (
        "No sign-in is configured. This server answers this machine alone, and whoever sits at it is its one local "
        "owner and may do everything. To let others in, configure sign-in: docs/sharing.md says how."
    ),
    "you_are_looking": "You are looking at",
    "id_of_this_workspace": "At the terminal this workspace is named by its id: --workspace {id}",
    "you_are": "You are {shown_name}{mail}, {role} in “{name}”.",
    "what_each_role_may_do": "What each role may do",
    "name_of_this_workspace": "Name of this workspace",
    "name_of_a_new_workspace": "Name of a new workspace",
    "is_invited_for_days_send_them": (
        "{email} is invited for {days_to_accept} days. Send them this code, which is not shown again: they sign in "
        "with that address, then type it."
    ),
    "leave_the_cohort_first": (
        "This workspace is in a cohort: leave it on Network first, so that what it shared goes too."
    ),
    "take_the_teams_out_first": "This workspace leads a cohort with teams in it: take them out on Network first.",
    "delete_this_workspace": "Delete this workspace…",
    "delete_this_workspace_asked": "Delete this workspace?",
    "will_be_gone_for_good": (
        "“{name}” and all that was written in it will be gone, for everybody and for good: {counted}."
    ),
    "is_deleted": "{name} is deleted.",
    "this_workspace_is_now_called": "This workspace is now called {name}.",
}
"""By key."""

RECORDS_NAMED: Final = {
    "ask": "question to a team",
    "belonging": "cohort that the team is in",
    "cycle": "test of change",
    "drivers": "driver diagram",
    "looked": "version looked at last",
    "met_tick": "commitment marked as met",
    "notes_read": "notes marked as read",
    "share": "piece shown to the cohort",
    "weights": "points for a decision",
}
"""What kinds of record are called where their own name does not say it."""
