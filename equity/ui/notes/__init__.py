"""Notes: the expander under a card (notes_expander.py), one thread (thread.py), a draft (writing.py), the card as it
was and as it is now (then_and_now.py), the page with all of them (all_notes.py), and what is
new, on Home (new_notes.py)."""
