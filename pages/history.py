"""History: the organization's own past and the country's on one timeline, and what the organization acknowledges."""

from equity.actions.work import history as actions
from equity.ui.question.page_parts import page_title
from equity.ui.session import workspace
from equity.ui.team import history_parts
from equity.ui.work.made_up import say_made_up

page_title("history")
here = workspace.here()
own = actions.events(here)
if not own:
    history_parts.show_purpose()
say_made_up(own)
history_parts.settle(here)
history_parts.begin(here)
history_parts.write(here, own)
history_parts.show_line(own)
history_parts.copy_shipped(here, own)
history_parts.show_statements(here)
