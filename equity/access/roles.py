"""Which role may do what: one table, read from top to bottom. What is not in it, nobody may.

Owner, analyst and member are the team and see full numbers. A leader reads releases; a facilitator reads releases and
what the workspace shares with the network. Neither ever gets a number that is not in a release.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from equity.store.workspace.person import Role

Action = Literal[
    "see_workspace",
    "export",
    "read_notes",
    "edit_notes",
    "edit_annotations",
    "edit_chart_frames",
    "lead_call",
    "decide",
    "do_work",
    "write_records",
    "read_shared",
    "answer_reflection",
    "write_sql",
    "upload",
    "load",
    "roll_back",
    "delete_dataset",
    "create_release",
    "revoke_release",
    "make_link",
    "revoke_link",
    "read_release",
    "export_release",
    "reply_to_release",
    "read_replies",
    "share_with_network",
    "see_network",
    "lead_network",
    "rename_workspace",
    "delete_workspace",
    "manage_people",
    "read_audit_log",
]

_OWNER: frozenset[Role] = frozenset({"owner"})
_DATA: frozenset[Role] = frozenset({"owner", "analyst"})
_TEAM: frozenset[Role] = frozenset({"owner", "analyst", "member"})
_LEADERS: frozenset[Role] = frozenset({"owner", "analyst", "member", "leader"})
_NETWORK: frozenset[Role] = frozenset({"owner", "analyst", "member", "facilitator"})
_EVERYBODY: frozenset[Role] = frozenset({"owner", "analyst", "member", "leader", "facilitator"})

MAY: Mapping[Action, frozenset[Role]] = MappingProxyType(
    {
        "see_workspace": _TEAM,
        "export": _TEAM,
        "read_notes": _TEAM,
        "edit_notes": _TEAM,
        "edit_annotations": _TEAM,
        "edit_chart_frames": _TEAM,
        "lead_call": _TEAM,
        "decide": _TEAM,
        "do_work": _TEAM,
        "write_records": _TEAM,
        "read_shared": _EVERYBODY,
        "answer_reflection": _LEADERS,
        "write_sql": _DATA,
        "upload": _DATA,
        "load": _DATA,
        "roll_back": _DATA,
        "delete_dataset": _DATA,
        "create_release": _DATA,
        "revoke_release": _DATA,
        "make_link": _DATA,
        "revoke_link": _DATA,
        "read_release": _EVERYBODY,
        "export_release": _EVERYBODY,
        "reply_to_release": _EVERYBODY,
        "read_replies": _TEAM,
        "share_with_network": _DATA,
        "see_network": _NETWORK,
        "lead_network": frozenset({"owner", "facilitator"}),
        "rename_workspace": _OWNER,
        "delete_workspace": _OWNER,
        "manage_people": _OWNER,
        "read_audit_log": _OWNER,
    }
)

IN_WORDS: Mapping[Action, str] = MappingProxyType(
    {
        "see_workspace": "see the full numbers of this workspace",
        "export": "export full numbers",
        "read_notes": "read the team’s notes",
        "edit_notes": "write notes",
        "edit_annotations": "write annotations",
        "edit_chart_frames": "change baselines and phases",
        "lead_call": "lead a learning call",
        "decide": "take part in choosing a focus",
        "do_work": "change projects and tests of change",
        "write_records": "write history, team and reflections",
        "read_shared": "read what the team shared with you",
        "answer_reflection": "read and answer reflections",
        "write_sql": "write SQL in Explore",
        "upload": "upload files",
        "load": "load data",
        "roll_back": "go back to an earlier version",
        "delete_dataset": "delete a dataset",
        "create_release": "make a release",
        "revoke_release": "revoke a release",
        "make_link": "make a link",
        "revoke_link": "revoke a link",
        "read_release": "read releases of this workspace",
        "export_release": "export a release",
        "reply_to_release": "reply to a release",
        "read_replies": "read replies",
        "share_with_network": "share a release with the network",
        "see_network": "see the network",
        "lead_network": "lead a cohort and answer applications",
        "rename_workspace": "rename this workspace",
        "delete_workspace": "delete this workspace",
        "manage_people": "invite people or change their roles",
        "read_audit_log": "read the audit log",
    }
)
"""Each action as it stands in “You may not …”."""


def roles_that_may(action: str) -> frozenset[Role]:
    """The roles that may do this; none for an action that is not in the table."""
    return next((roles for known, roles in MAY.items() if known == action), frozenset())
