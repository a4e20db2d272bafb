-- One block: sums over people for each run of years, split by several stratifiers at once; a group that changes over the years
-- is null here.
CREATE OR REPLACE TABLE runs_block AS
SELECT
    measure,
    runs.period,
    everyone,
    unsplit{columns}{of_run}
FROM (
    SELECT
        measure,
        {everyone} AS everyone,
        CAST('' AS everyone_names) AS unsplit{columns}{sums}
    FROM (
        SELECT years.measure{settled}{runs}
        FROM years_of_people AS years
        JOIN combinations ON combinations.combination = years.low{also}
        WHERE years.low = years.high
        UNION ALL
        SELECT years.measure{held}{runs}
        FROM years_of_people AS years
        JOIN movers
          ON movers.measure = years.measure
         AND movers.person = years.person
    ) AS each_person
    GROUP BY measure{keys}
) AS wide
CROSS JOIN {all_runs} AS runs
