"""Models with levels: groups within groups, sites, teams; what one small cell says is steadied by the others."""
