"""Every command that a document shows can be typed: templates with and without options, examples run to the end.

`tests/test_docs.py` holds that commands and options exist. Here they are parsed as they stand and, where nothing is
left to fill in, carried out on a small home folder.
"""

from __future__ import annotations

import importlib.util
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from equity.commands import line
from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
from equity.loading import load
from tests.made_up_counts import COUNTS, RACE
from tests.test_docs import ANALYSTS, COMMANDS, DOCUMENTS, PARSERS, ROOT, text_of, typed

SERVES, WHOLE_SAMPLE, ELSEWHERE = "call serve", "data/sample/visits.parquet", "--engine"
"""Not carried out here: what answers until it is stopped, what takes seconds, and what needs another engine."""
OWN = "python -m equity "
AREAS = {"Controlled blood pressure": "Diabetes", "Postpartum visit": "Maternal health"}


def ours() -> list[str]:
    """What follows ``python -m equity`` in every document, and what a line of a list or a table begins with."""
    shown = [told.split(OWN, 1)[1].split(" > ")[0].split("`")[0].strip() for _, told in typed() if OWN in told]
    short = re.findall(r"^(?:\| |- )((?:`[^`\n]+`(?: · )?)+)", "\n".join(map(text_of, DOCUMENTS)), re.MULTILINE)
    listed = [said for cell in short for said in re.findall(r"`([^`]+)`", cell)]
    every = [said.replace("\\|", "|") for said in (*shown, *listed)]
    return list(dict.fromkeys(said for said in every if _begins_with_a_command(said) and said not in PARSERS))


def _begins_with_a_command(said: str) -> bool:
    return any(f"{said} ".startswith(f"{name} ") for name in PARSERS)


def ways(template: str) -> Iterator[list[str]]:
    """A template without what stands in brackets, and with all of it; one of each choice, a word for what is open."""
    template = re.sub(
        r"(?<= )[KNX](?=\]| |$)", "1", template.replace("[--card …]", "").replace("--stage S", "--stage notice")
    )
    without = re.sub(r"\[[^\[\]]*\]", " ", template)
    for text in (without, re.sub(r"[\[\]]", " ", template)):
        text = re.sub(r"--replace \| --append", "--append", text).replace("…", " ").replace("QUESTION", "scan")
        yield [word.split("|")[0] for word in shlex.split(text)]


def is_example(said: str) -> bool:
    """Whether nothing is left to fill in: no bracket, no choice, no word in capitals."""
    return not re.search(r"[\[|…]|(?<![\w-])[A-Z]+\b", said)


def test_enough_is_found() -> None:
    assert len(ours()) > 40
    assert sum(map(is_example, ours())) >= 12


@pytest.mark.parametrize("said", ours())
def test_a_command_that_is_shown_can_be_typed(said: str) -> None:
    for words in ways(said):
        line.parser().parse_args(["areas" if word == "scan" and words[0] == "ask" else word for word in words])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_modules_and_files_of_a_command_are_there(document: Path) -> None:
    told = [command for where, command in typed() if where == document.name]
    for command in told:
        for module in re.findall(r"python -m ([a-z_.]+)", command):
            assert importlib.util.find_spec(module) is not None, command
        for file in re.findall(r"(?<![\w/.])(?:tests|data|benchmarks)/[\w/.-]+", command):
            assert (ROOT / file.rstrip(".,")).exists(), command
        for requirements in re.findall(r"requirements[\w-]*\.\w+", command):
            assert (ROOT / requirements).is_file(), command


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with `extract.csv`, and a home folder with the datasets that the examples name."""
    folder = tmp_path_factory.mktemp("documented")
    lines = ["measure,period,race,x,n"]
    for name in AREAS:
        for year in range(2022, 2025):
            lines += [f"{name},{year},{race},{x + year - 2022},400" for race, x in (("Black", 210), ("White", 260))]
    (folder / "extract.csv").write_text("\n".join(lines), "utf-8")
    (folder / "weights.json").write_text(_weights(), "utf-8")
    measures = "".join(
        f'[measures."{name}"]\nkind = "proportion"\npolarity = "higher_better"\nclinical_area = "{area}"\n'
        for name, area in AREAS.items()
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EQUITY_HOME", str(folder / "home"))
        patch.chdir(folder)
        for dataset in ("Clinic visits", "Sample"):
            mapping = mapping_from_toml(f"{COUNTS}{RACE}{measures}", "test")
            load([folder / "extract.csv"], dataset, mapping, "new", folder / "home")
        yield folder


def _weights() -> str:
    found = re.search(r"```json\n(.*?)```", text_of(COMMANDS), re.DOTALL)
    assert found is not None
    return found[1]


def test_examples_run_to_the_end(
    clinic: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each in the order of the documents; a restore goes into an empty home folder, as it says."""
    carried_out = []
    for said in filter(is_example, ours()):
        if any(part in said for part in (SERVES, ELSEWHERE)) or "made up" in said:
            continue
        words = [word.replace("/backups/", f"{clinic}/") for word in shlex.split(said)]
        monkeypatch.setenv(
            "EQUITY_HOME", str(clinic / ("another" if words[0] in ("restore", "begin-store") else "home"))
        )
        assert line.run(words) == 0, (said, capsys.readouterr().err)
        written = capsys.readouterr().out
        if words[0] == "inspect":
            (clinic / "mapping.toml").write_text(written, "utf-8")
        carried_out.append(words[0])
    assert {"inspect", "load", "ask", "call", "records", "evidence", "backup", "team"} <= set(carried_out)


def test_three_rows_are_enough(clinic: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file with which a new reader begins loads without a question, and its rates are those that one sees in it."""
    found = re.search(r"```csv\n(.*?)```", text_of(ANALYSTS), re.DOTALL)
    assert found is not None
    (clinic / "screening.csv").write_text(found[1], "utf-8")
    assert line.run(["load", "screening.csv", "--dataset", "Three rows"]) == 0
    asked = ["ask", "disparities", "--dataset", "Three rows", "--measure", "Colorectal cancer screening"]
    capsys.readouterr()
    assert line.run([*asked, "--by", "language", "--format", "csv"]) == 0
    told = capsys.readouterr().out
    assert all(rate in told for rate in ("0.62", "0.45", "0.5"))
