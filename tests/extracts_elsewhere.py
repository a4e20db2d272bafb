"""One extract in every shape, as a warehouse might hold it, and the same loaded from a file and from an engine."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from equity.cube.engines.remote_engine import RemoteEngine
from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
from equity.intake.reading.staging import person_hash
from equity.loading import Accepted, load, load_elsewhere
from equity.store.files.versions import current_version, datasets
from equity.vocabulary import Description, Mapping
from tests.cube.fact_tables import assert_same_cubes


@dataclass(frozen=True)
class Extract:
    """A table of texts and its mapping."""

    columns: dict[str, list[str | None]]
    mapping: str

    def table(self) -> pa.Table:
        """The rows, all as text."""
        return pa.table({name: pa.array(values, pa.string()) for name, values in self.columns.items()})

    def meaning(self) -> Mapping:
        """The mapping read."""
        return mapping_from_toml(self.mapping, "mapping.toml")


def _columns(header: str, lines: str) -> dict[str, list[str | None]]:
    rows = [[cell or None for cell in line.strip().split("|")] for line in lines.strip().splitlines()]
    return dict(zip(header.split("|"), map(list, zip(*rows, strict=True)), strict=True))


VISITS = Extract(
    _columns(
        'What|Seen|Met|Who|Race `x` "y"|Ethnicity',
        r"""
        A1c|2024-01-03 08:30:00|yes|p1|black or african american|
        A1c|2024-01-20|no|p1|Black or African American|No
        A1c|2024-02-11|1|p2|White|
        A1c|2024-04-01|0|p2|Asian|Hispanic
        A1c|2024-05-05|1||White|
        A1c|2024-05-05|0|N/A|White|it's "odd" \ ${x}
        A1c|2024-05-05|0|N/A|it's "odd" \ ${x}|
        Screening|2024-05-06|maybe|p3|White|
        Screening|2024-13-06|1|p3|White|
        Screening|2024-06-06|Suppressed|p3|White|
        Screening|2024-06-07|1d|p4|White|
        Screening|2024-06-07|1| p3 |White|
        Screening|2024-06-07|1|p3|White|
        """,
    ),
    """
[extract]
shape = "rows"
[columns]
measure = "What"
period = "Seen"
x = "Met"
person = "Who"
[stratifiers.race]
columns = ['Race `x` "y"', "Ethnicity"]
standard = "omb-2024"
[stratifiers.raw]
column = 'Race `x` "y"'
[measures."A1c"]
kind = "proportion"
polarity = "higher_better"
""",
)
COUNTS = Extract(
    _columns(
        "Year|Group|Region|Cases|Population",
        """
        2022|Black|North|1,234|34,919,806
        2022|White|North|Suppressed|99
        2022|White|South|<5|1 000
        2023|Black|South|7|1.5e3
        2023|White|South|12|
        2023|White|North|twelve|100
        2023|All races|North|40|400
        2023|White|North|3|30
        2023|White|North|3|30
        FY2023 (prelim)|Asian|South|20|10
        2023|Asian|South|-3|10
        Notes||||
        """,
    ),
    """
[extract]
shape = "counts"
[columns]
measure = { value = "Diagnoses; it's \\"new\\"" }
period = "Year"
x = "Cases"
n = "Population"
[stratifiers.race]
column = "Group"
drop = ["All races"]
[stratifiers.region]
column = "Region"
[measures."Diagnoses; it's \\"new\\""]
kind = "rate"
multiplier = 100000
polarity = "lower_better"
""",
)
WIDE = Extract(
    _columns(
        "Month|Site|bp_x|bp_n|wait",
        """
        2024-01|North|5|10|12.5
        2024-02|North|6|11|
        2024-03|South|7|7|30
        2024-04|South|8|7|0.1
        """,
    ),
    """
[extract]
shape = "wide"
[columns]
period = "Month"
[stratifiers.site]
column = "Site"
[measures."Blood pressure"]
x = "bp_x"
n = "bp_n"
kind = "proportion"
polarity = "higher_better"
[measures."Waiting"]
x = "wait"
kind = "mean"
polarity = "lower_better"
""",
)
LONG = Extract(
    _columns(
        "Year|Split|Who|Cases|People",
        """
        2023|Race|Black|5|50
        2023|Race|White|6|70
        2023|Sex|F|5|60
        2023|Sex|M|6|.
        2023|Age|Total|11|120
        2023|||2|20
        2022|Sex|F|4|60
        """,
    ),
    """
[extract]
shape = "counts"
[columns]
measure = { value = "Asthma" }
period = "Year"
x = "Cases"
n = "People"
[long]
dimension = "Split"
group = "Who"
[measures."Asthma"]
kind = "proportion"
polarity = "lower_better"
""",
)
ESTIMATES = Extract(
    _columns(
        "Year|Race|Rate|Low",
        """
        2022|Black|14.5|12
        2022|White|9|8.1
        2023|Black|†|
        2023|White|9.5%|9
        2023|White|9.6|9
        2023|Asian|lots|9
        """,
    ),
    """
[extract]
shape = "estimates"
[columns]
measure = { value = "Deaths" }
period = "Year"
estimate = "Rate"
lower = "Low"
[stratifiers.race]
column = "Race"
[measures."Deaths"]
kind = "rate"
multiplier = 100
polarity = "lower_better"
""",
)
SHAPES = {"rows": VISITS, "counts": COUNTS, "wide": WIDE, "long": LONG, "estimates": ESTIMATES}


def load_from_file(parts: Sequence[pa.Table], mapping: Mapping, home: Path) -> Description:
    """The dataset “Here” out of a folder of Parquet below ``home``."""
    folder = home / "visits"
    folder.mkdir(parents=True)
    for place, part in enumerate(parts):
        pq.write_table(part, folder / f"part-{place}.parquet")
    return load([folder], "Here", mapping, "new", home, accepted=Accepted(set_aside=True))


def assert_loads_alike(
    connection: RemoteEngine[Any], source: str, here: Description, mapping: Mapping, home: Path
) -> None:
    """What an engine loads as “There” is what “Here” holds: every word that describes it, and every cell."""
    there = load_elsewhere(connection, [source], "There", mapping, home)
    if there.has_person:
        assert_people_are_hashed(connection, home)
    kept = {"created": "", "dataset": "", "sources": (), "counted_by": ""}
    assert dataclasses.replace(there, **kept) == dataclasses.replace(here, **kept)  # type: ignore[arg-type]
    assert_same_cubes(*(current_version(home, name).folder / "cube.parquet" for name in ("Here", "There")))


def assert_people_are_hashed(connection: RemoteEngine[Any], home: Path) -> None:
    """The engine's numbers for people are those that intake gives, by the dataset's own secret."""
    held = next(d for d in datasets(home) if d.name == "There")
    key = bytes.fromhex(json.loads((held.folder / "dataset.json").read_text(encoding="utf-8"))["person_key"])
    known = {f"{person_hash(key, who or '') or 0:016x}" for who in VISITS.columns["Who"]}
    found = {who for (who,) in connection.execute("SELECT DISTINCT person FROM extract").fetchall()} - {None}
    assert found
    assert found <= known
