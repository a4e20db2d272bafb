-- Distinct people and the sums over them of all time: those of the run of all years, which holds every row.
INSERT INTO people BY NAME
SELECT
    table_number,
    'all' AS grain,
    '' AS period,
    measure,
    value1,
    value2,
    people,
    person_xx,
    person_xn,
    person_nn
FROM people
WHERE grain = $grain
  AND period = {run}
