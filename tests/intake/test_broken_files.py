"""Every broken file gets its one sentence, and leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
from equity.intake.reading.read_facts import read_facts
from equity.vocabulary import PlainError
from tests.intake.broken_files import CASES
from tests.intake.conftest import KEY

MESSAGES = {
    "no file": "There is no file FOLDER/gone.csv: check the name and the folder.",
    "empty": "extract.csv is empty: export it again, with a header line and at least one row.",
    "only blanks": "extract.csv is empty: export it again, with a header line and at least one row.",
    "only a mark": "extract.csv is empty: export it again, with a header line and at least one row.",
    "a PDF renamed": "extract.csv is a PDF document, whatever its name says: ask for the table as CSV, XLSX or "
                     "Parquet.",
    "an old workbook": "extract.xls is a workbook of the old .xls kind: open it and save it as .xlsx or CSV.",
    "a picture": "extract.csv is a picture: ask for the table as CSV, XLSX or Parquet.",
    "a photo": "extract.csv is a picture: ask for the table as CSV, XLSX or Parquet.",
    "a moving picture": "extract.csv is a picture: ask for the table as CSV, XLSX or Parquet.",
    "a web page": "extract.csv is a web page or XML, not a table: download the table itself as CSV, XLSX or Parquet.",
    "a bare web page": "extract.csv is a web page or XML, not a table: download the table itself as CSV, XLSX or "
                       "Parquet.",
    "XML": "extract.csv is a web page or XML, not a table: download the table itself as CSV, XLSX or Parquet.",
    "rich text": "extract.csv is a text document (RTF): ask for the table as CSV, XLSX or Parquet.",
    "a database": "extract.csv is a SQLite database: export the table as CSV or Parquet.",
    "a program": "extract.csv is a program: choose a table in CSV, XLSX or Parquet.",
    "a Windows program": "extract.csv is a program: choose a table in CSV, XLSX or Parquet.",
    "7z": "extract.7z is a 7z archive: unpack it and choose the table in it.",
    "RAR": "extract.rar is a RAR archive: unpack it and choose the table in it.",
    "bzip2": "extract.csv.bz2 is compressed with bzip2: unpack it, or compress it with gzip or zstd.",
    "xz": "extract.csv.xz is compressed with xz: unpack it, or compress it with gzip or zstd.",
    "SPSS": "extract.sav is an SPSS file: export the table as CSV or Parquet.",
    "Stata": "extract.dta is a Stata file: export the table as CSV or Parquet.",
    "SAS transport": "extract.xpt is a SAS transport file: export the table as CSV or Parquet.",
    "Arrow": "extract.arrow is an Arrow (Feather) file: write it as Parquet or CSV.",
    "Avro": "extract.avro is an Avro file: write it as Parquet or CSV.",
    "ORC": "extract.orc is an ORC file: write it as Parquet or CSV.",
    "bytes of no kind": "extract.csv is not a table of text: save it as CSV in UTF-8, or as Parquet or XLSX.",
    "gzip cut off": "extract.csv.gz is damaged or cut off and cannot be unpacked: copy or download it again.",
    "gzip of nothing": "extract.csv.gz is empty once unpacked: export it again, with a header line and at least one "
                       "row.",
    "gzip of a PDF": "extract.csv.gz is a PDF document, whatever its name says: ask for the table as CSV, XLSX or "
                     "Parquet.",
    "gzip that is none": "extract.csv.gz is damaged or cut off and cannot be unpacked: copy or download it again.",
    "zstd cut off": "extract.csv.zst is damaged or cut off and cannot be unpacked: copy or download it again.",
    "zip cut off": "extract.zip is damaged or cut off and cannot be unpacked: copy or download it again.",
    "zip of nothing": "extract.zip is an archive with no file in it: pack the table again.",
    "zip of a folder": "extract.zip is an archive with no file in it: pack the table again.",
    "zip of two": "extract.zip holds 2 files: unpack it and choose the one with the table.",
    "zip with a password": "extract.zip is locked with a password: unpack it first.",
    "a Word document": "extract.docx is a Word document: ask for the table as CSV, XLSX or Parquet.",
    "a presentation": "extract.pptx is a PowerPoint presentation: ask for the table as CSV, XLSX or Parquet.",
    "an OpenDocument file": "extract.ods is an OpenDocument file: ask for the table as CSV, XLSX or Parquet.",
    "a binary workbook": "extract.xlsb is a binary workbook (.xlsb): ask for the table as CSV, XLSX or Parquet.",
    "a workbook that is broken": "extract.xlsx is not a whole XLSX workbook: open it and save it again.",
    "a workbook without cells": "extract.xlsx has no cells in any sheet: export it again.",
    "a workbook with a header only": "extract.xlsx, sheet “Data”, has a header in row 1 and no rows below it: "
                                     "choose another sheet.",
    "a workbook with two sheets": "extract.xlsx has 2 sheets with cells, “Data”, “More”: name one as “sheet” in the "
                                  "mapping.",
    "a workbook without the sheet": "extract.xlsx has no sheet “Dato”: did you mean “Data”?",
    "a workbook whose sheet is empty": "extract.xlsx, sheet “Dato”, is empty: choose another sheet.",
    "a workbook without the column": "extract.xlsx has no column “measure”, which the mapping names for measure: "
                                     "its columns are “a”, “b”.",
    "Parquet cut off": "extract.parquet is not a whole Parquet file: write it again or copy it again.",
    "Parquet without rows": "extract.parquet holds no rows: export it again.",
    "Parquet without the column": "extract.parquet has no column “year”, which the mapping names for period: did "
                                  "you mean “yaer”?",
    "a folder without parts": "The folder parts holds no Parquet files: choose the folder that holds the parts.",
    "a folder of other parts": "parts/b.parquet has other columns than the first part (“measure”): put parts of one "
                               "table in the folder.",
    "a folder with a broken part": "parts/a.parquet is not a whole Parquet file: write it again or copy it again.",
    "a header only": "extract.csv has a header in line 1 and no rows below it: export it again with its rows.",
    "titles and a header only": "extract.csv has a header in line 3 and no rows below it: export it again with its "
                                "rows.",
    "a column misspelled": "extract.csv has no column “cases”, which the mapping names for x: did you mean “case”?",
    "a column of another name": "extract.csv has no column “race”, which the mapping names for the stratifier "
                                "“race”: its columns are “measure”, “year”, “ethnic group”, “cases”, “people”.",
    "a header cell that is nowhere": "extract.csv has no header line with the cell “Jahr” in its first 200 lines: "
                                     "correct “header” in the mapping.",
    "columns swapped": "extract.csv, column “cases”: the outcome (x) is larger than the number of people or "
                       "visits (n) in 3 of 3 rows, first in line 2; check that "
                       "x and n are not swapped, and that the measure is not a rate.",
    "text for counts": "extract.csv, column “cases”: the outcome (x) is neither a "
    "number nor a yes or no in 3 of 4 rows, first in line "
                       "2; correct the cell, or map another column.",
    "text for people": "extract.csv, column “people”: the number of people or "
    "visits (n) is text where a number belongs in 3 of 4 rows, first in "
                       "line 2; correct the cell, or map another column.",
    "percents for counts": "extract.csv, column “cases”: the outcome (x) is neither a "
    "number nor a yes or no in 3 of 3 rows, first in "
                           "line 2; correct the cell, or map another column.",
    "names for years": "extract.csv, column “year”: the period is not a date, month, quarter or year in 3 of 3 rows,"
                       " first in line 2; correct the cell, or map another column.",
    "years that are missing": "extract.csv, column “year”: the period is not given in 3 of 3 rows, first in line 2; "
                              "fill the cell with a date, month, quarter or year.",
    "dates that do not exist": "extract.csv, column “year”: the date does not exist or lies outside 1900 to 2100 in "
                               "3 of 3 rows, first in line 2; correct the date at the source.",
    "years out of reach": "extract.csv, column “year”: the date does not exist or lies outside 1900 to 2100 in 3 of "
                          "3 rows, first in line 2; correct the date at the source.",
    "measures without names": "extract.csv, column “measure”: the measure is not named in 3 of 3 rows, first in "
                              "line 2; fill the cell with the measure's name.",
    "counts that are missing": "extract.csv, column “cases”: the outcome (x) is not given in 3 of 3 "
    "rows, first in line 2; map a "
                               "column that has values.",
    "people that are missing": "extract.csv, column “people”: the number of people or visits (n) is "
    "not given in 3 of 3 rows, first in line 2; map a "
                               "column that has values.",
    "counts below zero": "extract.csv, column “cases”: the outcome (x) is below zero in 3 of 3 "
    "rows, first in line 2; correct the "
                         "cell at the source.",
    "people below zero": "extract.csv, column “people”: the number of people or visits (n) is "
    "below zero in 3 of 3 rows, first in line 2; correct "
                         "the cell at the source.",
    "events among nobody": "extract.csv, column “people”: there are events, but the "
                           "number of people or visits (n) is 0 in 3 of 3 rows, first in line "
                           "2; correct n at the source.",
    "lines that are too long": "extract.csv: the line has more cells than the header in 3 of 3 rows, first in line "
                               "2; put the cell that holds the delimiter in quotes.",
    "notes only": "extract.csv: a note or an empty line, without values in 2 of 2 rows, first in line 2; map the "
                  "columns that hold numbers.",
    "everything dropped": "extract.csv: left out by “drop” in the mapping in 1 of 1 rows, first in line 2; take a "
                          "value out of “drop”.",
    "a quote left open": "extract.csv, line 3: a quote mark is opened and never closed; close it or take it away.",
    "a cell without end": "extract.csv, line 2: a cell is longer than 1,000,000 characters; look for a quote mark "
                          "that is opened and not closed.",
    "UTF-16 cut off": "extract.csv has a header in line 1 and no rows below it: export it again with its rows.",
    "neither yes nor no": "extract.csv, column “cases”: the outcome (x) is neither yes "
    "nor no (1 or 0) in 3 of 3 rows, first in "
                          "line 2; write 1 or 0, or say kind = “mean” or “rate”, or map n.",
    "words for yes and no": "extract.csv, column “cases”: the outcome (x) is neither a "
    "number nor a yes or no in 3 of 3 rows, first in "
                            "line 2; correct the cell, or map another column.",
    "rates that are text": "extract.csv, column “cases”: the estimate is text where a number belongs in 3 of 3 rows,"
                           " first in line 2; correct the cell, or map another column.",
    "rates that are missing": "extract.csv, column “cases”: the estimate is not given in 3 of 3 rows, first in line "
                              "2; map a column that has values.",
    "rates above all": "extract.csv, column “cases”: the estimate is outside 0 to 100 % in 2 of 2 rows, first in "
                       "line 2; check the measure's kind and multiplier.",
    "rates below zero": "extract.csv, column “cases”: the estimate is below zero in 1 of 1 rows, first in line 2; "
                        "correct the cell at the source.",
    "a list that is not shipped": "There is no standard list “omb-2042”: did you mean “omb-2024”?",
    "a group a row": "extract.csv, column “race”: more than 20,000 different values group nobody; take "
                     "[stratifiers.race] out of the mapping or map a coarser column.",
    "a measure a row": "extract.csv, column “measure”: more than 2,000 different measures; map the column that "
                       "names what is measured.",
    "a dimension a row": "extract.csv: more than 200 different dimensions; map the column that names the way of "
                         "grouping, such as race or age, under [long].",
    "dimensions without names": "extract.csv, column “measure”: the dimension is not named in 3 of 3 rows, first in "
                                "line 2; fill the cell with the stratifier's name.",
    "JSON of something": "extract.json is JSON without a FHIR MeasureReport: send a table as CSV, or MeasureReport "
                         "resources.",
    "JSON cut off": "extract.json, line 1: the JSON breaks off or is not valid; export it again.",
    "JSON lines cut off": "extract.ndjson, line 2: the JSON breaks off or is not valid; export it again.",
    "JSON lines of something": "extract.ndjson has no column “measure”, which the mapping names for measure: its "
                               "columns are “a”.",
    "a bundle without reports": "extract.json is JSON without a FHIR MeasureReport: send a table as CSV, or "
                                "MeasureReport resources.",
    "a report without counts": "extract.json holds no summary MeasureReport with counts: export MeasureReports of "
                               "the type summary.",
    "a report on one person": "extract.json holds no summary MeasureReport with counts: export MeasureReports of "
                              "the type summary.",
}  # fmt: skip


def test_there_are_enough_of_them() -> None:
    assert list(MESSAGES) == list(CASES)
    assert len(CASES) >= 80


@pytest.mark.parametrize("case", CASES)
def test_one_sentence(case: str, tmp_path: Path) -> None:
    name, content, mapping = CASES[case]
    path = tmp_path / name
    if callable(content):
        content(path)
    else:
        path.write_bytes(content)
    work = tmp_path / "work"
    work.mkdir()
    with pytest.raises(PlainError) as caught:
        read_facts([path], mapping_from_toml(mapping, "mapping.toml"), work / "facts", work / "aside", KEY)
    assert str(caught.value).replace(str(tmp_path), "FOLDER") == MESSAGES[case]
    assert not [p for p in work.iterdir() if p.is_dir()], "what was unpacked and staged is gone"
