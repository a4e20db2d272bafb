"""A learning call, action by action.

call_cards.py    its cards: from words into a recipe, and into what a participant gets
live_calls.py    a call that is on: its log followed, its state, and adding to it
call_opening.py  opening it, what opens its page; call_offers.py: a card that a member found while they looked around
call_moves.py    moving, hiding, the scribe, handing over, ending
call_voices.py   joining, writing, editing, withdrawing, voting
call_weights.py  weighing as a stage of a call; weighing_links.py: by a link, without an account
call_minutes.py  the minutes with their pictures, and as files
practice_call.py a call with thirty made-up people
"""
