"""Settings and roles: who you are here, who is in this workspace in which role, and who has been invited."""

from equity.ui.question.page_parts import page_title
from equity.ui.team import role_parts

page_title("settings")
role_parts.show_visitor()
role_parts.show_members()
role_parts.show_invitations()
role_parts.show_workspaces()
