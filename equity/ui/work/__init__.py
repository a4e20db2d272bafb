"""The work between calls: aims (aim_parts.py) and the decision room (focus_room.py)."""
