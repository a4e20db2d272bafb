"""Signing in and the way into a workspace: every text by key; values stand in braces."""

from __future__ import annotations

from typing import Final

SESSION_TEXTS: Final = {
    "not_offered_to_you": "What others here can do for you",
    "they_can": "{who} can {what}.",
    "whoever_is": "Whoever is {roles} in this workspace",
    "look_at_outcomes_through_an_equity": "Look at outcomes through an equity lens.",
    "the_numbers_here": "The numbers here are for the team of a workspace. Its owners say who is in it.",
    "you_are_in_no_workspace_yet": "You are in no workspace yet.",
    "you_are_signed": (
        "You are signed in as {shown_name} ({email}). An owner of a workspace can invite this address; type the "
        "code of the invitation here."
    ),
    "code_of_the_invitation": "Code of the invitation",
    "please_sign_in_first": "Please sign in first.",
    "you_are_in_no_workspace_yet_please": "You are in no workspace yet: please ask an owner of one to invite you.",
    "reading_the_sample_health_system_made": "Reading the sample health system (made up). This happens once.",
    "you_are_not_in_this_workspace": (
        "You are not in this workspace any more: please reload the page. Nothing was changed."
    ),
}
"""By key."""
