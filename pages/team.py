"""Team: who you are here, who is in this workspace in which role, and who has been invited."""

from equity.ui import team_parts
from equity.ui.page_parts import page_title

page_title("team")
team_parts.show_visitor()
team_parts.show_members()
team_parts.show_invitations()
team_parts.show_workspaces()
