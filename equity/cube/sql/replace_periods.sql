-- The earlier rows of every period that the newer rows are in give way to these.
COPY (
    SELECT *
    FROM read_parquet($earlier) AS earlier
    WHERE NOT EXISTS (
        FROM (SELECT DISTINCT period FROM read_parquet($newer)) AS covered
        WHERE covered.period IS NOT DISTINCT FROM earlier.period
    )
    UNION ALL BY NAME
    FROM read_parquet($newer)
) TO $target (FORMAT parquet, COMPRESSION zstd)
