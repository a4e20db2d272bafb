-- The rows in the form in which they are counted. In DuckDB a category becomes its place in an ENUM: grouping by numbers costs
-- a third of grouping by text. A place is found in a short list once for each word of Parquet's dictionary, in a long one by a
-- join; a cast to ENUM would look at each row. Stratifiers are numbered here (stratum_1, stratum_2, ...), so no uploaded name is met again. A hidden row keeps no
-- x, so that sums of x pass over it and are lower bounds; where its n is known, it keeps that.
CREATE {kind} facts AS
SELECT
    {measure} AS measure,
    fact.period,
    CASE WHEN NOT fact.hidden THEN fact.x END AS x,
    fact.n,
    fact.hidden{more}
FROM {source} AS fact
{joins}
