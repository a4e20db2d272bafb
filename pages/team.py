"""Team: who does the work and with which eyes, what was promised, who was at calls, and talking in pairs."""

from equity.actions.work import team as actions
from equity.ui.question.page_parts import page_title
from equity.ui.session import workspace
from equity.ui.team import letter_parts, people_parts, practice_parts

page_title("team")
here = workspace.here()
people = actions.people(here)
if not people:
    people_parts.show_purpose()
people_parts.show_made_up(here, people)
people_parts.settle(here)
people_parts.show_team(here, people)
letter_parts.show_letters(here)
people_parts.show_attendance(here, people)
practice_parts.show_practice(here, people)
