"""Statistics: arrays in, arrays out. No tables, no SQL, no screen; the last axis is the groups where groups meet.

One group
    :mod:`.intervals` (Wilson, exact/Byar, t) · :mod:`.repeat_visits` (effective samples where people come again) ·
    :mod:`.reliability` (the NCHS badges) · :mod:`.estimate` (the shape of an estimate; quantiles)

Two groups
    :mod:`.differences` (difference and ratio, also from a target or the average) · :mod:`.significance` (p-values) ·
    :mod:`.gap` (signed toward harm, both framings, verdicts, excess events) · :mod:`.decomposition` (where it lives) ·
    :mod:`.missing_groups` (completeness, bounds from the unknown, tipping point)

All groups of a stratifier
    :mod:`.groups` (the data) · :mod:`.summary` (the 21 measures) · :mod:`.bootstrap` (their intervals, total excess) ·
    :mod:`.sampling`, :mod:`.noise` (draws, and limits that allow for noise) · :mod:`.omnibus` (any difference at all?
    best against worst) · :mod:`.ranks` · :mod:`.false_discovery` · :mod:`.standardise` · :mod:`.intersections`

Change over time
    :mod:`.period_series` (the data) · :mod:`.control_charts`, :mod:`.rare_events`, :mod:`.chart_choice` ·
    :mod:`.run_rules`, :mod:`.improvement_icons` · :mod:`.gap_change` (is it closing, and why) · :mod:`.linear_trend` ·
    :mod:`.pace` (what it would take)
"""
