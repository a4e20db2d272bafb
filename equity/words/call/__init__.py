"""A learning call in words: its pages and lines, what leads into a picture, weighing, and the practice call."""
