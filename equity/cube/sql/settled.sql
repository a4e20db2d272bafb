(
    SELECT
        spells.measure,
        spells.period,
        1 AS people,
        x * x AS person_xx,
        x * n AS person_xn,
        n * n AS person_nn{settled}
    FROM {spells} AS spells
    JOIN combinations ON combinations.combination = spells.low{also}
    WHERE spells.low = spells.high
    UNION ALL
    SELECT
        measure,
        period,
        1 AS people,
        x * x AS person_xx,
        x * n AS person_xn,
        n * n AS person_nn{held}
    FROM {wanderers}
) AS settled
