"""A cube into a release: a frozen cube from which no hidden number can be worked out, and the audit that proves it.

policy.py       what counts as sensitive
plan.py         which tables are released
few_values.py   means of a few values, and what they tell of how many have each
linked.py       the tables as one system of sums
counts.py       what every measure counts in every cell; families.py: the counts that are released together
suppression.py  what is hidden, and what must be hidden with it
audit.py        hide, prove, and hide more until the proof is whole
proofs/         the range of every hidden count, and that it stays wide, for who crosses groupings too
other_releases/ earlier releases of the same people, audited together; releases of other datasets
watch.py        how far it is, and how it is stopped
rounding.py     counts and means rounded, where the rule says so
controlled.py   the controlled cube; written_cells.py: its cells as they are written
repeats.py      how often the same people come, as far as a release tells
create.py       preview, create, show, audit
shelf.py        releases on disk: find, list, revoke
view.py         a release as a cube that lenses can ask

Modules are imported where they are needed: scipy's sparse solvers stay out of the start path.
"""
