"""Cards on a page: drawn, their tools, and the files that they become.

card.py           the answer as a card: finding, chart, table, method, caveats
card_tools.py     what can be done with it (take_away.py, picture.py; offer_to_call.py: into the call that is on)
consider.py       puts what a card is about into the team's decision
pinned.py         a card that stays beside what is asked next
control_cards.py  cards of control charts
chart_frames.py   what a team decides about a chart (annotating.py, frame_undo.py, frame_decisions.py)
"""
