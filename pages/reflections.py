"""Reflections: half an hour a quarter, written together, signed off, read and answered by a leader."""

from equity.actions.work import reflections as actions
from equity.ui.question.page_parts import page_title
from equity.ui.session import workspace
from equity.ui.work import reflection_parts, reflection_sharing
from equity.ui.work.made_up import say_made_up

page_title("reflections")
here = workspace.here()
held = actions.reflections(here)
if not held:
    reflection_parts.show_purpose()
say_made_up(held)
reflection_parts.begin(here, held)
chosen = reflection_parts.chosen(held)
if chosen is not None:
    written = actions.written(here, chosen.id)
    reflection_sharing.say_who_reads(written)
    reflection_parts.show_points(here, chosen.content.quarter)
    reflection_parts.write(here, written)
    written = actions.written(here, chosen.id)  # what was just typed is kept by now
    reflection_parts.pin_a_card(here, written)
    reflection_parts.new_points(here, chosen.content.quarter)
    reflection_sharing.sign(here, written)
    reflection_sharing.share(here, written)
    reflection_sharing.show_replies(written)
    reflection_sharing.reminder(chosen.content.quarter)
