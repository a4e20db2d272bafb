-- The stays beside what changes in their spell.
CREATE TABLE {wandering} AS
SELECT stays.measure, stays.period, stays.person, stays.n, stays.x{strata}
FROM {stays} AS stays
JOIN {wanderers} AS wanderers
  ON stays.measure = wanderers.measure
 AND stays.person = wanderers.person
 AND stays.period IS NOT DISTINCT FROM wanderers.period
