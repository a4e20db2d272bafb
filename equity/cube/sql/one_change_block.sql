-- One block: sums over people for each run of years, of those of whom one group changes, split by it and by others at once.
CREATE OR REPLACE TABLE one_change_block AS
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
    FROM (SELECT measure, varying{strata}{runs} FROM stays_of_one_change) AS each_stay
    GROUP BY measure, varying{keys}
) AS wide
CROSS JOIN {all_runs} AS runs
