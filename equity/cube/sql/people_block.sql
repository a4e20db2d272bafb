-- One block: sums over people, split by several stratifiers at once; a group that changes within a spell is null here.
CREATE OR REPLACE TABLE people_block AS
SELECT
    measure,
    period,
    {everyone} AS everyone,
    CAST('' AS everyone_names) AS unsplit,
    count(*) AS people,
    sum(person_xx) AS person_xx,
    sum(person_xn) AS person_xn,
    sum(person_nn) AS person_nn{columns}
FROM {settled}
GROUP BY measure, period{keys}
