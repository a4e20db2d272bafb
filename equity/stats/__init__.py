"""Statistics: arrays in, arrays out. No tables, no SQL, no screen; the last axis is the groups where groups meet.

One group
    :mod:`.intervals` (Wilson, exact/Byar, t) · :mod:`.repeat_visits` (effective samples where people come again) ·
    :mod:`.reliability` (the NCHS badges) · :mod:`.estimate` (the shape of an estimate; quantiles)

Two groups
    :mod:`.differences` (difference and ratio, also from a target or the average) · :mod:`.significance` (p-values) ·
    :mod:`.gap` (signed toward harm, both framings, verdicts, excess events) · :mod:`.decomposition` (where it lives) ·
    :mod:`.missing_groups` (completeness, bounds from the unknown, tipping point)

All groups of a stratifier
    :mod:`.groups` (the data) · :mod:`.summary` (``registry``: the measures; ``bootstrap``: their intervals and total
    excess; ``sampling``, ``noise``: draws, and limits that allow for noise) · :mod:`.omnibus` (any difference at all?
    best against worst) · :mod:`.ranks` · :mod:`.false_discovery` · :mod:`.standardization` (if all had the same ages)

Change over time
    :mod:`.over_time`: ``period_series`` (the data) · ``control_charts``, ``rare_events``, ``chart_choice`` ·
    ``run_rules``, ``improvement_icons`` · ``gap_change`` (is it closing, and why) · ``linear_trend`` · ``pace`` (what
    it would take)

Small cells that learn from the others
    :mod:`.models`: ``intersections`` (groups within groups) · ``site_effects``, ``funnel`` (sites) · ``strata_model`` ·
    ``random_effects`` (teams)
"""
