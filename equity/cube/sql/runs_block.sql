-- One block: sums over people for each run of years, split by several stratifiers at once; a group that changes over the years
-- is null here. Of people of whom one group alone changes there are besides, under its number, the stays in each (else 0).
CREATE OR REPLACE TABLE runs_block AS
SELECT
    measure,
    runs.period,
    varying,
    everyone,
    unsplit{columns}{of_run}
FROM (
    SELECT
        measure,
        varying,
        {everyone} AS everyone,
        CAST('' AS everyone_names) AS unsplit{columns}{sums}
    FROM (
        SELECT years.measure, 0 AS varying{settled}{runs}
        FROM years_of_people AS years
        JOIN combinations ON combinations.combination = years.low{also}
        WHERE years.low = years.high
        UNION ALL
        SELECT years.measure, 0 AS varying{held}{runs}
        FROM years_of_people AS years
        JOIN movers
          ON movers.measure = years.measure
         AND movers.person = years.person
        UNION ALL
        SELECT stays.measure, stays.varying{stayed}{runs}
        FROM stays_of_one_change AS stays
    ) AS each_person
    GROUP BY measure, varying{keys}
) AS wide
CROSS JOIN {all_runs} AS runs
