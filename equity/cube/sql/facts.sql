-- The rows in the form in which they are counted. In DuckDB a category becomes its place in an ENUM: grouping by numbers costs
-- a third of grouping by text. A place is found in a short list once for each word of Parquet's dictionary, in a long one by a
-- join; a cast to ENUM would look at each row. Stratifiers are numbered here (stratum_1, stratum_2, ...), so no uploaded name is met again. Hidden rows keep no
-- x and n, so that sums pass over them.
CREATE {kind} facts AS
SELECT
    {measure} AS measure,
    fact.period,
    CASE WHEN NOT fact.hidden THEN fact.x END AS x,
    CASE WHEN NOT fact.hidden THEN fact.n END AS n,
    fact.hidden{more}
FROM {source} AS fact
{joins}
