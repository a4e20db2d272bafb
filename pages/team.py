"""Team: who you are here, who is in this workspace in which role, and who has been invited."""

from equity.ui.layout.page_parts import page_title
from equity.ui.team import team_parts

page_title("team")
team_parts.show_visitor()
team_parts.show_members()
team_parts.show_invitations()
team_parts.show_workspaces()
