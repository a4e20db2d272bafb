-- The tables of the cube for each run of years: its years added up, and what people who come back change in that.
INSERT INTO people BY NAME
WITH parts AS (
    SELECT
        table_number,
        runs.period,
        measure,
        value1,
        value2,
        people,
        person_xx,
        person_xn,
        person_nn
    FROM people
    JOIN {years_of_runs} AS runs ON runs.year = people.period
    WHERE grain = 'year'
    UNION ALL
    SELECT
        table_number,
        period,
        measure,
        value1,
        value2,
        people,
        person_xx,
        person_xn,
        person_nn
    FROM returning_people
)
SELECT
    table_number,
    $grain AS grain,
    period,
    measure,
    value1,
    value2,
    CAST(sum(people) AS BIGINT) AS people,
    sum(person_xx) AS person_xx,
    sum(person_xn) AS person_xn,
    sum(person_nn) AS person_nn
FROM parts
GROUP BY table_number, period, measure, value1, value2
