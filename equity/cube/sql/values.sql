SELECT DISTINCT {column}
FROM read_parquet($extract)
WHERE {column} IS NOT NULL
