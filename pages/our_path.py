"""Our path: eighteen months, six milestones, what the workspace holds for each, one thing to do this week."""

from equity.actions.work import path as actions
from equity.server.sample_data import PUBLISHED, SAMPLE
from equity.store.files.home import home_folder
from equity.ui.question.page_parts import page_title
from equity.ui.session import workspace
from equity.ui.work import path_parts

page_title("our_path")
here = workspace.here()
found = actions.our_path(here, home_folder(), made_up=(SAMPLE, PUBLISHED))
path_parts.show_where(here, found)
path_parts.show_milestones(found)
path_parts.show_quarters(found)
path_parts.leave_sample(here, found)
