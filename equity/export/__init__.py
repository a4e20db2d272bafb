"""What leaves the page: an answer as slides with charts that can be edited, and as one web page that works offline.

Nothing here computes: numbers come from the answer, words from `equity.words`, figures from `equity.charts`. Heavy
modules (python-pptx, plotly.js) are read when somebody asks for a file, never when a page starts.
"""
