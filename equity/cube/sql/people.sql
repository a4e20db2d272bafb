-- The tables of the cube at one grain: distinct people, and sums over people of their squared sums.
INSERT INTO people BY NAME
WITH each_person AS (
    SELECT {table_number} AS table_number, measure, period, {a}_high AS a, {b}_high AS b, n, x
    FROM {spells}
    WHERE {a}_low IS NOT DISTINCT FROM {a}_high
      AND {b}_low IS NOT DISTINCT FROM {b}_high
    UNION ALL
    SELECT {table_number} AS table_number, measure, period, {a} AS a, {b} AS b, sum(n) AS n, sum(x) AS x
    FROM {wandering}
    WHERE {a}_varies OR {b}_varies
    GROUP BY {table_key}measure, period, person, {a}, {b}
)
SELECT
    table_number,
    $grain AS grain,
    {label} AS period,
    measure,
    CAST(a AS VARCHAR) AS value1,
    CAST(b AS VARCHAR) AS value2,
    count(*) AS people,
    sum(x * x) AS person_xx,
    sum(x * n) AS person_xn,
    sum(n * n) AS person_nn
FROM each_person
WHERE a IS NOT NULL AND b IS NOT NULL AND {has_period}
GROUP BY table_number, measure, period, a, b
