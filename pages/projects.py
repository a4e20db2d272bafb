"""Projects: what the team tries under its aims, who, where it stands, what is next; and one project with its tests."""

from equity.actions.work import aims
from equity.actions.work import projects as actions
from equity.ui.question.page_parts import page_title
from equity.ui.session import workspace
from equity.ui.work import portfolio_parts, project_parts
from equity.ui.work.made_up import say_made_up

page_title("projects")
here = workspace.here()
under = aims.aims(here)
found = actions.all_projects(here)
say_made_up(under)
opened = portfolio_parts.opened(found)
if opened is not None:
    project_parts.show_project(here, opened)
else:
    portfolio_parts.show_purpose(found, under)
    portfolio_parts.begin(here, found, under)
    portfolio_parts.show_all(found)
    portfolio_parts.show_drivers(here, under)
    portfolio_parts.bring_back(here)
