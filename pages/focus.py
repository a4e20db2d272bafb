"""Focus: clinical areas beside each other, weighed in private, revealed at once, one chosen and written down."""

from functools import partial

from equity.actions.work import focus as actions
from equity.ui.datasets import in_memory
from equity.ui.question.choice_bar import choice_bar
from equity.ui.question.page_parts import page_title
from equity.ui.session import workspace
from equity.ui.session.errors import answered
from equity.ui.work import focus_room
from equity.ui.work.made_up import say_made_up

page_title("focus")
here = workspace.here()
room = focus_room.chosen_room(here)
if room is None:
    question = choice_bar("focus", ("dataset",), "Clinical areas")
    focus_room.show_purpose()
    focus_room.begin(here, in_memory.description(question.codes["dataset"]))
else:
    focus_room.say_where(room)
    say_made_up([room])
    focus_room.settle_conflict(here)
    cube = answered(partial(focus_room.cube_of, room))
    if room.content.stage == "preparing":
        focus_room.prepare(here, room, cube)
    elif room.content.stage in ("weighing", "revising"):
        focus_room.weigh(here, room)
        focus_room.go_on(here, room)
    else:
        answer = answered(partial(actions.compared, here, room, cube))
        focus_room.show_choice(here, room, answer)
        focus_room.show_comparison(answer)
        focus_room.show_weights(here, room)
        focus_room.choose(here, room, answer)
        if room.content.stage == "chosen":
            question = choice_bar("focus", ("dataset",), "Another decision,")
            focus_room.begin(here, in_memory.description(question.codes["dataset"]))
