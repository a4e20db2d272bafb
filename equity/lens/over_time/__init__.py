"""Questions over periods: trends, control charts, the pace of a gap, inequality of all groups."""
