-- The extract in DuckDB's own form. Categories become ENUMs: grouping by them costs a third of grouping by text. They come
-- by a join, which looks at each word of Parquet's dictionary once; a cast would look at each row (four times the time).
-- Stratifiers are numbered here (stratum_1, stratum_2, ...), so no uploaded name is met again.
-- `everyone` marks the rows that make up the zero-way table, `unsplit` is the same in all rows. Hidden rows keep no x and n, so that sums pass over them.
CREATE TABLE facts AS
SELECT
    measure_words.category AS measure,
    period,
    CASE WHEN NOT hidden THEN x END AS x,
    CASE WHEN NOT hidden THEN n END AS n,
    hidden,
    CAST('' AS everyone_names) AS everyone,
    CAST('' AS everyone_names) AS unsplit{more}
FROM read_parquet($extract, file_row_number = {has_person}) AS fact
{joins}
