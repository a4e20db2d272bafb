"""Aims: how much, for whom, by when, from the team's own data; how far each has come, and who lost by it."""

from equity.actions.work import aims as actions
from equity.ui.datasets import in_memory
from equity.ui.question.choice_bar import choice_bar
from equity.ui.question.page_parts import page_title
from equity.ui.session import workspace
from equity.ui.work import aim_parts, aim_table
from equity.ui.work.made_up import say_made_up

page_title("aims")
here = workspace.here()
question = choice_bar("aims", ("dataset",), "A new aim")
kept = actions.aims(here)
if not kept:
    aim_parts.show_purpose()
say_made_up(kept)
aim_parts.settle_conflict(here)
for aim in kept:
    aim_parts.show_aim(here, aim)
aim_table.save_all(here, kept)
aim_parts.begin(here, in_memory.description(question.codes["dataset"]))
