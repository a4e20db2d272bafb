"""Network: the cohort whose space this workspace is, who applies to it, and the answers they get."""

from equity.actions.cohorts import cohort_of
from equity.ui.layout.page_parts import page_title
from equity.ui.network import application_parts, cohort_parts
from equity.ui.session import sign_in

page_title("network")
place = cohort_parts.place()
kept = cohort_of(place)
if kept is None:
    cohort_parts.begin(place)
else:
    cohort_parts.show(place, kept)
    if sign_in.may("lead_network"):
        application_parts.show(place)
