"""An answer into plain sentences: deterministic, never causal, about systems and not about deficits of people.

answers/        what each lens answers, a module a lens: disparities, trends, control, areas, completeness and the rest
work/           focus, aims, drivers, projects, tests of change, the path, history, reflections, the team, its network
call/           a learning call; sample/: what the made-up team says
datasets/       a dataset, its file and its versions; sharing/: releases, leaders' pages, exported cards
page/           what stands around an answer: the choice bar's sentence, clicks, notes, what is new
labels/         texts that stand still: labels, hints and notices, one file a subject, each by key
languages/      what links open, in other languages

The pieces that all of them are made of lie here:

escaping.py     text that people typed or uploaded, made safe for Markdown, HTML, charts and spreadsheets
numbers.py      the only place that formats numbers
periods.py      how to say a stretch of time; days.py: a day
measures.py     how to say what is measured
groups.py       how to say a group of people; crossed_groups.py: people who are in two or three groups at once
references.py   how to say what groups are compared with
comparisons.py  one group beside its reference, in words
rows.py         the rows of an answer as typed values, and which group is in focus
cached_per_answer.py  what is said of an answer is worked out once
judgements.py   verdicts and reliability, each in a mark, a word and a definition; why there is no number
remarks.py      the remarks that a lens leaves on its answer
headlines.py    the one form of a headline
glossary.py     the words of the field, each in plain sentences; wording.py: what speaks of systems

Every function gives plain text, not yet escaped; escape it where it is shown (`escaping.markdown`, `escaping.html`).
"""
