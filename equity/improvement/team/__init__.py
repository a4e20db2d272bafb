"""The team itself: its people, letters of commitment, talks in pairs, history and reflections."""
