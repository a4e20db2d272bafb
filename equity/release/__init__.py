"""A cube into a release: a frozen cube from which no hidden number can be worked out, and the audit that proves it.

policy.py       what counts as sensitive
plan.py         which tables are released
few_values.py   means of a few values, and what they tell of how many have each
linked.py       the tables as one system of sums
suppression.py  what is hidden, and what must be hidden with it
feasible.py     which tables fit everything published, in parts and blocks
extremes.py     the extremes of such a system, one goal after another
propagation.py  what each sum says by itself
proof.py        that every hidden count stays wide
joint.py        the tables behind the published ones, groupings crossed
interior_point.py  points inside such a system, and how far counts can move from there
joint_proof.py  that small hidden counts stay wide for who sets those tables up too
bounds.py       the least and greatest value of every hidden count
audit.py        hide, prove, and hide more until the proof is whole
watch.py        how far it is, and how it is stopped
ties.py         what the cells of an earlier release are called now, by what they count
earlier.py      earlier releases of the same people, audited together
overlapping_releases.py  releases of other datasets that may count some of the same people
rounding.py     counts and means rounded, where the rule says so
controlled.py   the controlled cube
repeats.py      how often the same people come, as far as a release tells
create.py       preview, create, show, audit
shelf.py        releases on disk: find, list, revoke
view.py         a release as a cube that lenses can ask

Modules are imported where they are needed: scipy's sparse solvers stay out of the start path.
"""
