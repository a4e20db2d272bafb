"""An answer into plain sentences: deterministic, never causal, about systems and not about deficits of people.

escaping.py     text that people typed or uploaded, made safe for Markdown, HTML, charts and spreadsheets
numbers.py      the only place that formats numbers
periods.py      how to say a stretch of time
measures.py     how to say what is measured
groups.py       how to say a group of people
references.py   how to say what groups are compared with
comparisons.py  one group beside its reference, in words
rows.py         the rows of an answer as typed values, and which group is in focus
cached_per_answer.py  what is said of an answer is worked out once
judgements.py  verdicts and reliability, each in a mark, a word and a definition; why there is no number
remarks.py      the remarks that a lens leaves on its answer
choices.py      the choice bar's sentence
disparities.py  groups compared in one period
trends.py       groups and the gap over time
control.py      a control chart
areas.py        clinical areas compared
scan.py         every gap at once, ranked, with how sure its place is
completeness.py who is missing, and what that means for a conclusion
crossed_groups.py  how to say people who are in two or three groups at once
intersections.py   groups within groups
gap_sources.py  where a gap lives: between the places where groups are seen, or within them
pace.py         what it would take to close a gap
summary.py      all groups in one number; summary_values.py writes the numbers, each in its unit
glossary.py     the words of the field, each in plain sentences
tables.py       an answer as the command line prints it
labels/         texts that stand still: labels, hints and notices, one file a subject, each by key
languages/      what links open, in other languages

Every function gives plain text, not yet escaped; escape it where it is shown (`escaping.markdown`, `escaping.html`).
The one exception says so in its name: `choices.as_markdown`.
"""
