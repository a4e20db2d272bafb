"""What each lens answers, in sentences and as a table: a module a lens, a folder where it has much to say.

tables.py     an answer as the command line prints it
computed.py   how it was computed, in sentences, before the statements that ran
predictions.py  what is asked before a chart is shown; chart_frames.py: what people decided about a chart over time
"""
