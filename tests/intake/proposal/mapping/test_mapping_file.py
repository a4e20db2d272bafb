from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity.intake.proposal.mapping.mapping_file import mapping_from_toml, mapping_to_toml, read_mapping
from equity.intake.proposal.mapping.mapping_keys import RESERVED
from equity.vocabulary import ColumnSource, LongColumns, Mapping, Measure, PlainError, Reference, StratifierMapping
from equity.vocabulary.mapping import MeasureColumns
from tests.intake.conftest import COUNTS
from tests.random_search import examples

CONTRACT = """
[extract]
shape = "counts"
header = "Year"
missing = ["Suppressed", "."]
[columns]
measure = "Indicator"
clinical_area = { value = "Sexual health" }
period = "Year"
x = "Cases"
n = "Population"
[stratifiers.race]
column = "Race/Ethnicity"
label = "Race and ethnicity"
ordered = false
standard = "omb-2024"
recode = { "Black/African American" = "Black or African American" }
drop = ["All races/ethnicities"]
[measures."HIV diagnoses"]
kind = "rate"
multiplier = 100000
polarity = "lower_better"
reference = "best"
target = 5.0
"""


def test_the_contract_is_read() -> None:
    mapping = mapping_from_toml(CONTRACT, "m.toml")
    assert mapping == Mapping(
        shape="counts",
        header="Year",
        missing=("Suppressed", "."),
        columns={
            "measure": ColumnSource("Indicator"),
            "clinical_area": ColumnSource(value="Sexual health"),
            "period": ColumnSource("Year"),
            "x": ColumnSource("Cases"),
            "n": ColumnSource("Population"),
        },
        stratifiers=(
            StratifierMapping(
                "race",
                ("Race/Ethnicity",),
                "Race and ethnicity",
                standard="omb-2024",
                recode={"Black/African American": "Black or African American"},
                drop=("All races/ethnicities",),
            ),
        ),
        measures={"HIV diagnoses": Measure("HIV diagnoses", "rate", "lower_better", multiplier=100000, target=5.0)},
    )


NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(
    lambda t: t.strip() == t
)
KEYS = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True).filter(lambda k: k not in RESERVED)
MEASURES = st.builds(
    Measure,
    name=NAMES,
    kind=st.sampled_from(["proportion", "rate", "mean"]),
    polarity=st.sampled_from(["higher_better", "lower_better", "neutral"]),
    clinical_area=st.one_of(st.just(""), NAMES),
    multiplier=st.sampled_from([1.0, 0.5, 1000.0, 100000.0]),
    unit=st.one_of(st.just(""), NAMES),
    reference=st.one_of(
        st.sampled_from([Reference(k) for k in ("best", "average", "others", "target")]),
        NAMES.filter(lambda n: not n.startswith("group:")).map(lambda n: Reference("group", n)),
    ),
    target=st.one_of(st.none(), st.floats(0, 1)),
    minimum_n=st.integers(0, 1000),
)
SOURCES = st.one_of(NAMES.map(lambda n: ColumnSource(column=n)), NAMES.map(lambda n: ColumnSource(value=n)))
STRATIFIERS = st.lists(
    st.builds(
        StratifierMapping,
        name=KEYS,
        columns=st.lists(NAMES, min_size=1, max_size=3).map(tuple),
        label=NAMES,
        ordered=st.booleans(),
        standard=st.sampled_from(["", "omb-2024"]),
        order=st.lists(NAMES, max_size=3).map(tuple),
        recode=st.dictionaries(NAMES, NAMES, max_size=3),
        drop=st.lists(NAMES, max_size=2).map(tuple),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda s: s.name,
).map(tuple)


@st.composite
def mappings(draw: st.DrawFn) -> Mapping:
    shape = draw(st.sampled_from(["rows", "counts", "wide", "estimates"]))
    measures = {m.name: m for m in draw(st.lists(MEASURES, min_size=1, max_size=3))}
    long = draw(st.one_of(st.none(), st.builds(LongColumns, NAMES, NAMES, st.one_of(st.just(""), NAMES))))
    roles = {"rows": ["x"], "counts": ["x", "n"], "wide": [], "estimates": ["estimate"]}[shape]
    roles = [*roles, *draw(st.sets(st.sampled_from(["period", "clinical_area", "person"])))]
    roles += [] if shape == "wide" else ["measure"]
    alone = not long and draw(st.booleans())
    return Mapping(
        shape=shape,
        columns={role: draw(SOURCES) for role in roles},
        stratifiers=() if long or alone else draw(STRATIFIERS),
        only_over_time=alone,
        long=long,
        measures=measures,
        measure_columns={m: MeasureColumns(draw(NAMES), draw(st.one_of(st.none(), NAMES))) for m in measures}
        if shape == "wide"
        else {},
        header=draw(st.one_of(st.just(""), NAMES)),
        missing=draw(st.lists(NAMES, max_size=2).map(tuple)),
        sheet=draw(st.one_of(st.just(""), NAMES)),
    )


@settings(max_examples=examples(60), deadline=None)
@given(mappings())
def test_what_is_written_is_read_back(mapping: Mapping) -> None:
    assert mapping_from_toml(mapping_to_toml(mapping), "m.toml") == mapping


WIDE = '[extract]\nshape = "wide"\n[stratifiers.race]\ncolumn = "race"\n'
WRONG = {
    "x = ": "The mapping m.toml is not in TOML's form: Invalid value (at end of document).",
    "[extrakt]\nshape = 1": "The mapping m.toml has no table [extrakt]: did you mean “extract”?",
    "extract = 1": "The mapping m.toml: “extract” must be a table, written as [extract].",
    "[extract]\nshap = 'rows'": "The mapping m.toml, [extract]: there is no key “shap”: did you mean “shape”?",
    "[extract]": "The mapping m.toml, [extract]: “shape” is missing: write rows, counts, wide or estimates.",
    "[extract]\nshape = 'row'": "The mapping m.toml, [extract]: shape is “row”: write rows, counts, wide or estimates.",
    "[extract]\nshape = 7": "The mapping m.toml, [extract]: shape must be text in quotes.",
    "[extract]\nshape = 'rows'\nmissing = 'x'": (
        'The mapping m.toml, [extract]: missing must be a list of texts, such as ["one", "two"].'
    ),
    COUNTS.replace("period =", "perio ="): (
        "The mapping m.toml, [columns]: there is no key “perio”: did you mean “period”?"
    ),
    COUNTS.replace('x = "cases"', "x = 7"): (
        'The mapping m.toml, [columns]: x must be a column\'s name, or { value = "…" } where the file does not say.'
    ),
    COUNTS.replace('x = "cases"', ""): (
        "The mapping m.toml, [columns]: the shape counts needs “x”, the column that holds it."
    ),
    COUNTS.replace('n = "people"', ""): (
        "The mapping m.toml, [columns]: the shape counts needs “n” (everyone) or “no” (those without the event)."
    ),
    COUNTS.replace('measure = "measure"', "").replace(
        '[measures."Screening"]', '[measures.B]\n[measures."Screening"]'
    ): ('The mapping m.toml, [columns]: “measure” is missing: name the column, or write measure = { value = "…" }.'),
    COUNTS.replace('[stratifiers.race]\ncolumn = "race"', ""): (
        "The mapping m.toml groups people by nothing: add a table such as [stratifiers.race] with column = …, or write "
        "only_over_time = true under [extract] to follow everyone together over time."
    ),
    COUNTS.replace("[extract]", "[extract]\nonly_over_time = true"): (
        "The mapping m.toml, [extract]: only_over_time = true stands instead of groupings: keep one of the two."
    ),
    COUNTS.replace("[extract]", '[extract]\nonly_over_time = "yes"'): (
        "The mapping m.toml, [extract]: only_over_time must be true or false."
    ),
    COUNTS + '[long]\ndimension = "a"\ngroup = "b"\n': (
        "The mapping m.toml, [long]: it stands instead of [stratifiers.…]: keep one of the two."
    ),
    COUNTS.replace('[stratifiers.race]\ncolumn = "race"', '[long]\ndimension = "a"'): (
        "The mapping m.toml, [long]: “group” is missing: name the column that holds it."
    ),
    COUNTS.replace("[stratifiers.race]", "[stratifiers.period]"): (
        "The mapping m.toml, [stratifiers.period]: that name has a meaning of its own: choose another, such as "
        "race_group."
    ),
    COUNTS + '[stratifiers.RACE]\ncolumn = "x"\n': (
        "The mapping m.toml, [stratifiers.RACE]: another stratifier has the same name but for capitals: rename one."
    ),
    COUNTS.replace('column = "race"', 'colunm = "race"'): (
        "The mapping m.toml, [stratifiers.race]: there is no key “colunm”: did you mean “column”?"
    ),
    COUNTS.replace('column = "race"', 'label = "Race"'): (
        'The mapping m.toml, [stratifiers.race]: write column = "…" for one column or columns = […] for several, '
        "and only one of the two."
    ),
    COUNTS.replace('column = "race"', 'column = " "'): (
        "The mapping m.toml, [stratifiers.race]: the column's name is empty: name a column of the file."
    ),
    COUNTS.replace('column = "race"', 'column = "race"\nrecode = ["a"]'): (
        'The mapping m.toml, [stratifiers.race]: recode must look like { "as in the file" = "as shown" }.'
    ),
    COUNTS.replace('column = "race"', 'column = "race"\nordered = "yes"'): (
        "The mapping m.toml, [stratifiers.race]: ordered must be true or false."
    ),
    COUNTS.replace("polarity =", "polarty ="): (
        'The mapping m.toml, [measures."Screening"]: there is no key “polarty”: did you mean “polarity”?'
    ),
    COUNTS.replace('"proportion"', '"ratio"'): (
        "The mapping m.toml: The measure “Screening” has the kind “ratio”: write proportion, rate or mean."
    ),
    COUNTS.replace('"higher_better"', '"up"'): (
        "The mapping m.toml: The measure “Screening” has the polarity “up”: write higher_better, lower_better or "
        "neutral."
    ),
    COUNTS.replace('kind = "proportion"', 'multiplier = "1000"'): (
        'The mapping m.toml, [measures."Screening"]: multiplier must be a number without quotes.'
    ),
    COUNTS.replace('kind = "proportion"', "multiplier = 0"): (
        "The mapping m.toml: The measure “Screening” needs a multiplier above 0, such as 1000."
    ),
    COUNTS.replace('kind = "proportion"', "minimum_n = 1.5"): (
        'The mapping m.toml, [measures."Screening"]: minimum_n must be a whole number such as 100.'
    ),
    COUNTS.replace('kind = "proportion"', 'x = "a"'): (
        'The mapping m.toml, [measures."Screening"]: “x” and “n” belong here only in the shape wide.'
    ),
    WIDE: "The mapping m.toml, [measures]: in the shape wide each measure needs “x”, the column that holds it.",
    WIDE + '[measures.A]\nx = "a"\n[measures.B]\nkind = "mean"\n': (
        'The mapping m.toml, [measures."B"]: in the shape wide it needs “x”, the column that holds it.'
    ),
    WIDE + '[measures.A]\nn = "a"\n': (
        'The mapping m.toml, [measures."A"]: “x” is missing: name the column that holds the measure\'s value.'
    ),
}


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_mapping_gets_one_sentence(text: str) -> None:
    with pytest.raises(PlainError) as caught:
        mapping_from_toml(text, "m.toml")
    assert str(caught.value) == WRONG[text]


def test_files(tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_bytes(b"\xef\xbb\xbf" + CONTRACT.encode())
    assert read_mapping(tmp_path / "m.toml") == mapping_from_toml(CONTRACT, "m")
    with pytest.raises(PlainError, match="There is no mapping file"):
        read_mapping(tmp_path / "gone.toml")
    (tmp_path / "latin.toml").write_bytes("é".encode("cp1252"))
    with pytest.raises(PlainError, match=r"latin\.toml is not text in UTF-8"):
        read_mapping(tmp_path / "latin.toml")


def test_a_number_may_stand_for_the_whole_file() -> None:
    mapping = mapping_from_toml(COUNTS.replace('period = "year"', "period = { value = 2023 }"), "m")
    assert mapping.columns["period"] == ColumnSource(value="2023")
