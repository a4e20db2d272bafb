"""What must not be reshaped stays as it is, and what is found says by which evidence."""

from __future__ import annotations

from pathlib import Path

from equity.intake.layout.open_tidy import open_found
from equity.vocabulary.layout import Layout


def found(text: str, folder: Path) -> tuple[Layout, dict[str, str]]:
    """The layout of a file with this text, and the evidence of each step by its role."""
    (folder / "made.csv").write_text(text, encoding="utf-8")
    _, said = open_found(folder / "made.csv", folder)
    return said.layout, {d.role: d.evidence for d in said.decisions}


def test_ticks_in_boxes_are_answers_of_a_line_and_no_groups_across(tmp_path: Path) -> None:
    lines = "\n".join(f"{n},2023-01-0{1 + n % 9},{n % 2},{(n + 1) % 2},{int(n % 3 == 0)}" for n in range(40))
    layout, _ = found(f"row,visit_date,race_white,race_black,screened\n{lines}", tmp_path)
    assert layout.is_plain


def test_a_line_a_person_is_not_reshaped(tmp_path: Path) -> None:
    lines = "\n".join(f"p{n},{n % 7},{n % 5},White" for n in range(60))
    layout, _ = found(f"patient_id,visits 2022,visits 2023,race\n{lines}", tmp_path)
    assert layout.is_plain


def test_races_left_blank_in_a_file_of_visits_are_not_filled_from_above(tmp_path: Path) -> None:
    races = ["White", "", "", "White", "", "Black", "", "White", "", "", "Black", ""]
    lines = "\n".join(f"{race},2023-02-{n + 1:02d},{n % 2}" for n, race in enumerate(races))
    layout, _ = found(f"race,visit_date,screened\n{lines}", tmp_path)
    assert not layout.fill


def test_a_column_is_a_total_when_it_is_the_sum_of_the_others_whatever_it_is_called(tmp_path: Path) -> None:
    text = "Year,White,Black,Asian,Zusammen\n2021,10,20,30,60\n2022,11,22,33,66\n2023,12,24,36,72\n"
    layout, evidence = found(text, tmp_path)
    assert layout.leave_out == ("Zusammen",)
    assert evidence["left out"] == "it holds everyone together"


def test_a_footnote_behind_a_count_is_no_percent(tmp_path: Path) -> None:
    layout, _ = found("Race,Cases,People\nWhite,45 (1),100\nBlack,38 (2),90\nAsian,51 (1),80\n", tmp_path)
    assert not layout.split


def test_a_comparison_of_two_groups_is_left_out(tmp_path: Path) -> None:
    text = "Year,White rate,Black rate,White to Black ratio\n2022,10.5,20.5,0.51\n2023,11.5,21.5,0.53\n"
    layout, _ = found(text, tmp_path)
    assert layout.across is not None
    assert layout.across.columns["White rate"] == ("White", "rate")
    assert layout.leave_out == ("White to Black ratio",)


def test_numerators_and_denominators_of_measures_stay_measures(tmp_path: Path) -> None:
    layout, _ = found("race,bp_num,bp_den,a1c_num,a1c_den\nWhite,10,20,30,60\nBlack,11,22,33,66\n", tmp_path)
    assert layout.across is None
