"""team: invite somebody from the terminal, which is how the first owner comes in once sign-in is configured."""

from __future__ import annotations

import argparse

from equity.commands.plain_parser import PlainParser
from equity.store.workspace.person import ROLES
from equity.words.labels.commands import COMMAND_TEXTS


def add_commands(commands: argparse._SubParsersAction[PlainParser]) -> None:
    """Put ``team`` among the commands."""
    team = commands.add_parser("team", help="who is in a workspace")
    actions = team.add_subparsers(dest="action", required=True, metavar="ACTION")
    invite = actions.add_parser("invite", help="invite an address; the code is shown once")
    invite.add_argument("email", metavar="EMAIL")
    invite.add_argument("--role", choices=ROLES, default="member")
    invite.add_argument("--workspace", default="", metavar="ID", help="the first one when left out")
    invite.set_defaults(run=_invite)


def _invite(arguments: argparse.Namespace) -> None:
    from equity.actions.local_owner import workspace_there
    from equity.store.workspace.database import workspace_database
    from equity.store.workspace.people import DAYS_TO_ACCEPT, invite
    from equity.store.workspace.person import LOCAL_OWNER
    from equity.store.workspace.workspaces import HOME_WORKSPACE

    workspace = workspace_there(arguments.workspace or HOME_WORKSPACE)
    invitation, code = invite(workspace_database(), workspace, arguments.email, arguments.role, by=LOCAL_OWNER)
    print(
        COMMAND_TEXTS["is_invited_as_for_days"].format(
            email=invitation.email, role=invitation.role, days_to_accept=DAYS_TO_ACCEPT
        )
    )
    print(COMMAND_TEXTS["send_them_this_code"])
    print(code)
