"""A figure made for another screen: the wall of a room, or a window that is wide and low."""
