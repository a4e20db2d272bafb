"""Network: a cohort's teams, what they show, compare and learn; a team joins, shares piece by piece, and leaves."""

from equity.actions.network.places import belongings, cohort_place
from equity.ui.network import cohort_parts
from equity.ui.question.page_parts import page_title

page_title("network")
place = cohort_parts.place()
found = cohort_place(place)
own = [kept for kept in belongings(place) if not kept.content.left]
if found is not None and not found.member:
    cohort_parts.show_led(place, found.cohort)
elif own:
    cohort_parts.show_joined(place, own, found)
else:
    cohort_parts.begin(place)
