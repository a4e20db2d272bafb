-- The tables of the cube at one grain: distinct people, and sums over people of their squared sums. What is settled is added
-- up; where a group of the table changes within a spell, its person's stays are added up group by group first.
INSERT INTO people BY NAME
WITH parts AS (
    SELECT
        {table_number} AS table_number,
        measure,
        period,
        {a} AS a,
        {b} AS b,
        people,
        person_xx,
        person_xn,
        person_nn
    FROM {settled}
    UNION ALL
    SELECT
        table_number,
        measure,
        period,
        a,
        b,
        1 AS people,
        x * x AS person_xx,
        x * n AS person_xn,
        n * n AS person_nn
    FROM (
        SELECT {table_number} AS table_number, measure, period, {a} AS a, {b} AS b, sum(n) AS n, sum(x) AS x
        FROM {wandering}
        WHERE {a}_varies OR {b}_varies
        GROUP BY {table_key}measure, period, person, {a}, {b}
    ) AS each_person
)
SELECT
    table_number,
    $grain AS grain,
    {label} AS period,
    measure,
    {value1} AS value1,
    {value2} AS value2,
    CAST(sum(people) AS BIGINT) AS people,
    sum(person_xx) AS person_xx,
    sum(person_xn) AS person_xn,
    sum(person_nn) AS person_nn
FROM parts
WHERE a IS NOT NULL AND b IS NOT NULL AND {has_period}
GROUP BY table_number, measure, period, a, b
