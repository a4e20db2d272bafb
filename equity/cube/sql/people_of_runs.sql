-- What the years of a run, added up, lack or have too much, in one table of the cube: of people who come back, distinct people
-- and the sums over people of their squared sums, less those of each year. What is settled is in the block, and so is
-- what those have of whom one group alone changes; where more change, a person's stays are added up group by group first.
INSERT INTO returning_people BY NAME
WITH parts AS (
    SELECT
        measure,
        period,
        {a} AS a,
        {b} AS b,
        people,
        person_xx,
        person_xn,
        person_nn
    FROM runs_block
    WHERE varying IN ({varying})
    UNION ALL
    SELECT
        measure,
        runs.period,
        a,
        b{of_run}
    FROM (
        SELECT
            measure,
            a,
            b{sums}
        FROM (
            SELECT measure, a, b{runs}
            FROM (
                SELECT measure, person, {a} AS a, {b} AS b{years}
                FROM moves
                WHERE {a}_varies OR {b}_varies
                GROUP BY measure, person, {a}, {b}
            ) AS each_year
        ) AS each_person
        GROUP BY measure, a, b
    ) AS wide
    CROSS JOIN {all_runs} AS runs
)
SELECT
    {table_number} AS table_number,
    period,
    measure,
    {value1} AS value1,
    {value2} AS value2,
    CAST(sum(people) AS BIGINT) AS people,
    sum(person_xx) AS person_xx,
    sum(person_xn) AS person_xn,
    sum(person_nn) AS person_nn
FROM parts
WHERE a IS NOT NULL AND b IS NOT NULL
GROUP BY measure, period, a, b
