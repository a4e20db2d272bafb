-- The rows in the form in which they are counted. In DuckDB categories become ENUMs: grouping by them costs a third of
-- grouping by text. They come by a join, which looks at each word of Parquet's dictionary once; a cast would look at each row
-- (four times the time). Stratifiers are numbered here (stratum_1, stratum_2, ...), so no uploaded name is met again.
-- `everyone` marks the rows that make up the zero-way table, `unsplit` is the same in all rows. Hidden rows keep no x and n,
-- so that sums pass over them.
CREATE {kind} facts AS
SELECT
    {measure} AS measure,
    fact.period,
    CASE WHEN NOT fact.hidden THEN fact.x END AS x,
    CASE WHEN NOT fact.hidden THEN fact.n END AS n,
    fact.hidden,
    {everyone} AS everyone,
    CAST('' AS everyone_names) AS unsplit{more}
FROM {source} AS fact
{joins}
