"""Summary measures over all groups of a stratifier.

* :mod:`.registry`: each measure, its formula and its words, and which ones the data allow.
* :mod:`.values`: point estimates from :class:`equity.stats.groups.Groups`.
* :mod:`.reasons`: why a measure is not given.
* :mod:`.formulas`, :mod:`.slope`: the arithmetic, for points and draws alike.

Intervals and noise-corrected values are in :mod:`equity.stats.summary.bootstrap`.
"""
