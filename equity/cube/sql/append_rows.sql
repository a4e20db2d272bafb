COPY (
    FROM read_parquet($earlier)
    UNION ALL BY NAME
    FROM read_parquet($newer)
) TO $target (FORMAT parquet, COMPRESSION zstd)
