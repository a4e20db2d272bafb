"""The docs say what the code does: what a person can meet has its heading or row, and nothing else is told of.

Prose is for people to check; names are checked here: pages, choices and fields, commands and options, summary
measures, statistics, charts, roles, rules, settings, links between documents, and the commands that are to be typed.
"""

from __future__ import annotations

import argparse
import ast
import importlib.util
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from equity.access.roles import IN_WORDS, MAY
from equity.commands import line
from equity.commands.printing import as_json
from equity.lens.answers import GROUP_COLUMNS
from equity.release.policy import PRESETS
from equity.stats.summary.registry import MEASURES
from equity.store.workspace.person import ROLES
from equity.ui.page_registry import ENTRIES
from equity.ui.question.choice_bar import LABELS
from equity.ui.upload.mapping_sentences import IN_COUNTS, SENTENCES, SHAPES
from equity.words.answers.control import CHARTS
from equity.words.answers.trends import CHANGES
from equity.words.judgements import RELIABILITY, VERDICTS
from tests import answers_for_tests as made_up
from tests import crossed_answers_for_tests as crossed
from tests.words.screen_texts import tables
from tests.words.test_reading_grade import grade

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md"), *(ROOT / "data").rglob("*.md")])
ANALYSTS, ADMINISTRATORS, COMMANDS = (DOCS / name for name in ("analysts.md", "administrators.md", "commands.md"))
PRODUCT = ("equity", "pages", "app.py")
FIELDS = {
    *("selectbox", "multiselect", "text_input", "text_area", "number_input", "radio", "toggle", "checkbox"),
    *("segmented_control", "date_input", "slider", "file_uploader", "expander", "popover"),
}
COMMON_OPTIONS = {"-h", "--help"}


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def headings(text: str) -> list[tuple[int, str]]:
    """Every heading outside of code: its level and its words."""
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return [(len(marks), words.strip()) for marks, words in re.findall(r"^(#+) (.+)$", prose, re.MULTILINE)]


def part(path: Path, heading: str) -> str:
    """What stands under a heading, up to the next of its level or above; empty when there is no such heading."""
    found = re.search(rf"^(#+) {re.escape(heading)}$", text_of(path), re.MULTILINE)
    if found is None:
        return ""
    after = text_of(path)[found.end() :]
    end = re.search(rf"^#{{1,{len(found[1])}}} ", after, re.MULTILINE)
    return after[: end.start()] if end else after


def rows(text: str) -> list[list[str]]:
    """The cells of every table row, without their emphasis and code marks; the lines under heads left out."""
    found = [
        [cell.strip(" *`") for cell in line.strip()[1:-1].split("|")] for line in text.splitlines() if line[:1] == "|"
    ]
    return [cells for cells in found if not set("".join(cells)) <= {"-"}]


def first_cells(text: str) -> set[str]:
    return {cells[0] for cells in rows(text)}


def anchor(heading: str) -> str:
    """The anchor that a heading gets where the documents are read."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def sources(*places: str) -> Iterator[Path]:
    for place in places:
        path = ROOT / place
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))


def commands_of(parser: argparse.ArgumentParser, name: str = "") -> dict[str, argparse.ArgumentParser]:
    """Every command that can be typed, such as `ask trends`, with its parser."""
    below = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not below:
        return {name: parser}
    return {
        full: found
        for action in below
        for word, child in action.choices.items()
        for full, found in commands_of(child, f"{name} {word}".strip()).items()
    }


def options_of(parser: argparse.ArgumentParser) -> set[str]:
    return {o for action in parser._actions for o in action.option_strings if o.startswith("--")} - COMMON_OPTIONS


PARSERS = commands_of(line.parser())


def about(command: str) -> str:
    """What commands.md says of a command: under its own heading and above those beside it, or under its family's."""
    family = part(COMMANDS, command.split()[0])
    own = part(COMMANDS, command)
    return own + family.split("\n### ")[0] if own and own != family else family


# Names

NAMES = rows(part(DOCS / "developers.md", "Names"))[1:]
FORMER = (
    *("Where the gap lives", "Summary measures", "Take away", "Add to set", "In your set", "Freeze this release"),
    *("Look ahead", "Put this file away", "Take out", "closing by lifting", "levelling down", "read with care"),
    *("Grouped by", "everyone together", "everyone else"),
)
"""Names that people no longer meet; the performance page keeps them as its measurements were named."""
ON_SCREEN = ("equity/ui", "equity/words", "equity/charts", "equity/cards", "pages")


def strings_in(*places: str) -> Iterator[tuple[Path, str]]:
    """Every text in code that is no docstring."""
    for path in sources(*places):
        for text in _strings_of(path):
            yield path, text


@cache
def _strings_of(path: Path) -> tuple[str, ...]:
    tree = ast.parse(text_of(path))
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    every = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in docs)
    return tuple(node.value for node in every if isinstance(node.value, str))


@pytest.mark.parametrize("cells", NAMES, ids=lambda cells: cells[1])
def test_a_thing_has_its_one_name(cells: list[str]) -> None:
    _, screen, terminal, key = cells
    assert any(screen in text for _, text in strings_in(*ON_SCREEN)), screen
    command, _, value = terminal.partition(" --question ")
    if terminal.startswith("--"):
        assert any(terminal in options_of(parser) for parser in PARSERS.values())
    elif value:
        option = next(action for action in PARSERS[command]._actions if "--question" in action.option_strings)
        assert callable(option.type)
        assert option.type(value) == value
    elif terminal != "–":
        assert any(name.startswith(terminal) or name.split()[-1] == terminal for name in PARSERS), terminal
    if key != "–":
        assert key in _keys_in_json(), key


@cache
def _keys_in_json() -> frozenset[str]:
    """Every key of the answers as the terminal prints them, at any depth."""
    answers = (made_up.disparities(), made_up.trends(), made_up.areas(), crossed.summary(), crossed.completeness())
    found: set[str] = set()
    for answer in (*answers, crossed.gap_sources(), crossed.intersections()):
        found |= _keys(as_json(answer))
    return frozenset(found)


def _keys(held: object) -> set[str]:
    if isinstance(held, dict):
        return {str(key) for key in held}.union(*map(_keys, held.values()))
    return set().union(*map(_keys, held)) if isinstance(held, list) else set()


@pytest.mark.parametrize("name", FORMER)
def test_a_former_name_is_nowhere_left(name: str) -> None:
    found = {path.name for path, text in strings_in(*ON_SCREEN) if name in text and path.name != "glossary.py"}
    for_developers = ("CHANGELOG.md", "performance.md", "methods.md", "house.md")
    told = {d.name for d in DOCUMENTS if d.name not in for_developers and name in text_of(d)}
    assert (found, told) == (set(), set())


# Pages, choices, fields


@pytest.mark.parametrize("name", ENTRIES)
def test_a_page_has_its_heading_for_analysts(name: str) -> None:
    assert part(ANALYSTS, ENTRIES[name].title).strip(), f"{ANALYSTS.name} says nothing of {ENTRIES[name].title}"


def test_no_page_is_told_of_that_there_is_not() -> None:
    told = [words for level, words in headings(part(ANALYSTS, "Pages")) if level == 3]
    assert set(told) <= {entry.title for entry in ENTRIES.values()}
    assert len(told) == len(set(told))


@cache
def choices_asked(path: Path) -> list[str]:
    """The parts of the question that a page's file asks for in its choice bar, in their order."""
    for node in ast.walk(ast.parse(text_of(path))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "choice_bar":
            return [str(part) for part in ast.literal_eval(node.args[1])]
    return []


@pytest.mark.parametrize("name", [name for name, entry in ENTRIES.items() if choices_asked(entry.file)])
def test_a_page_lists_its_choices_in_their_order(name: str) -> None:
    told = re.search(r"^Choices: (.+?)\.", part(ANALYSTS, ENTRIES[name].title), re.MULTILINE | re.DOTALL)
    assert told is not None
    assert told[1].split(" · ") == [LABELS[asked] for asked in choices_asked(ENTRIES[name].file)]


def test_each_part_of_the_question_has_its_row() -> None:
    assert first_cells(part(ANALYSTS, "The question")) == {"choice", *LABELS.values()}


@cache
def fields() -> dict[str, str]:
    """Every field and expander that is named by a plain text in the code, with the file that draws it."""
    found, texts = {}, tables()
    for path in sources("equity/ui", "pages"):
        for node in ast.walk(ast.parse(text_of(path))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in FIELDS):
                continue
            match node.args:
                case [ast.Constant(value=str(label)), *_]:
                    found[label] = path.name
                case [ast.Subscript(value=ast.Name(id=table), slice=ast.Constant(value=key)), *_] if table in texts:
                    found[texts[table][str(key)]] = path.name
    return {**found, **dict.fromkeys((*SENTENCES.values(), *IN_COUNTS.values()), "mapping_sentences.py")}


def test_each_field_of_each_page_is_named() -> None:
    told = " ".join(" ".join(text_of(path) for path in DOCS.glob("*.md")).split())
    assert len(fields()) > 40
    assert {label: file for label, file in fields().items() if f"**{label}**" not in told} == {}


# What numbers mean


def test_each_summary_measure_has_its_row_with_formula_reading_and_caveat() -> None:
    table = {cells[0]: cells[1:] for cells in rows(part(ANALYSTS, "All groups in one number"))[1:]}
    assert list(table) == [measure.label for measure in MEASURES]
    assert [label for label, cells in table.items() if len(cells) != 3 or not all(cells)] == []


def test_each_column_of_an_answer_is_explained() -> None:
    told = {name for cells in rows(part(ANALYSTS, "Statistics")) for name in re.findall(r"\w+", cells[1])}
    assert set(GROUP_COLUMNS) - told <= {"group", "kind", "rows", "people", "hidden_at_source"}


def test_each_word_of_judgement_is_explained() -> None:
    text = part(ANALYSTS, "Statistics")
    assert first_cells(text) >= {name for name in (*VERDICTS, *CHANGES) if name}
    assert [word for word in (*RELIABILITY, "yes", "hidden", "missing", "zero") if f"`{word}`" not in text] == []


def test_each_control_chart_has_its_row() -> None:
    assert {(cells[0], cells[1]) for cells in rows(part(ANALYSTS, "Control charts"))[1:]} == {
        (label, name) for name, label in CHARTS.items()
    }


def test_each_shape_of_a_file_has_its_row() -> None:
    assert first_cells(part(ANALYSTS, "Files")) == {"shape", *SHAPES}


def test_each_rule_has_its_row_and_its_limit() -> None:
    table = {cells[1]: cells[2] for cells in rows(part(ANALYSTS, "Privacy rules"))[1:]}
    assert set(table) == set(PRESETS)
    for name, policy in PRESETS.items():
        numbers = {int(number) for number in re.findall(r"\d+", table[name])}
        assert not policy.hides or numbers & {policy.threshold, policy.threshold - 1}, name


# Who may do what


def test_each_role_has_its_row_and_may_do_what_the_table_says() -> None:
    tables = rows(part(ADMINISTRATORS, "Roles"))
    assert {cells[0] for cells in tables if len(cells) == 2} == {"role", *ROLES}
    told = [cells for cells in tables if len(cells) == len(ROLES) + 1]
    assert told[0] == ["may", *ROLES]
    assert {
        cells[0]: {role for role, said in zip(ROLES, cells[1:], strict=True) if said == "yes"} for cells in told[1:]
    } == {IN_WORDS[action]: set(roles) for action, roles in MAY.items()}


# What is typed


@pytest.mark.parametrize("command", PARSERS)
def test_a_command_and_each_of_its_options_are_told(command: str) -> None:
    assert (2, command.split()[0]) in headings(text_of(COMMANDS))
    assert command in text_of(COMMANDS)
    assert sorted(option for option in options_of(PARSERS[command]) if option not in about(command)) == []


def typed() -> list[tuple[str, str]]:
    """Every command of ours that a document tells one to type, with the document's name."""
    found = []
    for path in DOCUMENTS:
        blocks = re.findall(r"^ *```(\w*)\n(.*?)^ *```", text_of(path), re.MULTILINE | re.DOTALL)
        prose = re.sub(r"^ *```.*?^ *```", "", text_of(path), flags=re.MULTILINE | re.DOTALL)
        code = [block for language, block in blocks if language in ("", "sh")]
        code += [inline.replace("\n", " ") for inline in re.findall(r"`([^`]*python -m [^`]*)`", prose)]
        lines = re.split(r"\n|&&", "\n".join(code))
        found += [(path.name, told.partition("  #")[0].strip()) for told in lines]
    return [(where, told) for where, told in found if "python -m " in told or "streamlit run" in told]


def test_documents_tell_of_no_command_or_option_that_there_is_not() -> None:
    """Templates are read for their command and their options; the rest of them is for people to fill in."""
    ours = [(where, told.split("python -m equity ", 1)[1]) for where, told in typed() if "python -m equity " in told]
    assert len(ours) > 15
    for where, told in ours:
        words = told.replace("QUESTION", "").split()
        names = [" ".join(words[:2]), words[0]]
        named = next((name for name in names if any(f"{command} ".startswith(f"{name} ") for command in PARSERS)), "")
        assert named, f"{where}: there is no command {told!r}"
        allowed = {
            o for command in PARSERS if f"{command} ".startswith(f"{named} ") for o in options_of(PARSERS[command])
        }
        assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", told)) <= allowed, f"{where}: {told!r}"


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_what_the_readme_tells_one_to_type_can_be_typed(name: str) -> None:
    told = [command for where, command in typed() if where == name]
    assert told
    for command in told:
        words = shlex.split(command.split(">")[0], comments=True)
        if "equity" in words[:4]:
            line.parser().parse_args(words[words.index("equity") + 1 :])
            continue
        for module in re.findall(r"python -m ([a-z_.]+)", command):
            assert importlib.util.find_spec(module) is not None, command
        for file in re.findall(r"[\w/.-]+\.(?:txt|py)\b", command):
            assert (ROOT / file).is_file(), command


def test_options_in_running_text_exist_somewhere() -> None:
    ours = set().union(*(options_of(parser) for parser in PARSERS.values()))
    theirs = {"--server", "--no-sandbox"}  # Streamlit's settings (--server.port); Chromium's
    told = {option for path in DOCS.glob("*.md") for option in re.findall(r"`(--[a-z]+(?:-[a-z]+)*)", text_of(path))}
    assert told - ours - theirs == set()


def test_each_setting_of_the_environment_has_its_row_and_no_row_is_made_up() -> None:
    used = {name for path in sources(*PRODUCT) for name in re.findall(r"\bEQUITY_[A-Z_]+\b", text_of(path))}
    assert first_cells(part(ADMINISTRATORS, "Settings")) - {"variable"} == used
    for_tests = {
        name for path in sources("tests", "benchmarks") for name in re.findall(r"\bEQUITY_[A-Z_]+\b", text_of(path))
    }
    told = {name for path in DOCUMENTS for name in re.findall(r"\bEQUITY_[A-Z_]+\b", text_of(path))}
    assert told <= used | for_tests
    assert {name for name in for_tests - used if name not in text_of(ROOT / "CONTRIBUTING.md")} == set()


# The documents themselves


def test_links_between_documents_lead_somewhere() -> None:
    broken = []
    for path in DOCUMENTS:
        for target in re.findall(r"\]\(([^)\s]+)\)", text_of(path)):
            if re.match(r"[a-z]+:", target):
                continue
            file, _, place = target.partition("#")
            found = (path.parent / file).resolve() if file else path
            if not found.exists() or (place and place not in {anchor(words) for _, words in headings(text_of(found))}):
                broken.append(f"{path.name}: {target}")
    assert broken == []


def test_the_readme_leads_to_every_document() -> None:
    told = text_of(ROOT / "README.md")
    assert [path.name for path in DOCS.glob("*.md") if f"docs/{path.name}" not in told] == []
    assert [path.name for path in ROOT.glob("*.md") if path.name != "README.md" and f"({path.name})" not in told] == []


def test_leaders_read_plain_words_on_one_page() -> None:
    text = text_of(DOCS / "leaders.md")
    prose = re.sub(r"^\|[-| ]+\|$", "", text, flags=re.MULTILINE)
    sentences = re.sub(r"[*|#“”]|^- |^\d\. ", " ", re.sub(r"(?<![.?!:|])\n\n", ".\n\n", prose), flags=re.MULTILINE)
    assert grade(sentences) <= 9.0
    assert len(text.split()) < 650
