"""Bringing in a data file: every text by key; values stand in braces."""

from __future__ import annotations

from typing import Final

UPLOAD_TEXTS: Final = {
    "or_a_file_from_the_servers": "Or a file from the server's inbox",
    "something_went_wrong_on_the_server": (
        "Something went wrong on the server while loading; nothing was changed, and the server's log says what it was."
    ),
    "as_by_of_rows_are_used": (
        "{part} as {measures} by {named}; {stretch}. Of {rows_in} rows, {rows_used} are used and {aside} set aside."
    ),
    "each_line_of_the_file": "Each line of the file is",
    "none_show_all_patients_together_only": "None: show all patients together, only over time",
    "named_by_the_file": "Each name is a cell of the file, and stays as the file writes it.",
    "call_it_as_people_do": "Call it as your team does: click on the name and write.",
    "people_are_grouped": "People are grouped by",
    "what_each_measure_means_without_better": "What each measure means. Without “better” no group is called worse off.",
    "the_measures_are_described": "The {measures} measures are described in the mapping file below.",
    "grouping_by_is_called": "Name on screen of the grouping {name}",
    "totals_to_leave_out": "Totals to leave out",
    "first_to_last_where_the_order": "First to last, where the order means something",
    "how_groups_are_called_ordered": "Group names, order and totals",
    "csv_excel_parquet_or_fhir": (
        "CSV, Excel, Parquet, JSON or FHIR. The file goes to this server only, and nothing changes until you say so."
    ),
    "which_column_groups_people_pick": (
        "Which column groups people? Pick it under “People are grouped by” above, or tick “None: show all patients "
        "together, only over time”. Loading waits for one of the two."
    ),
    "it_is_in_the_column_first": "It is in the column “{column}”, first in line {row}.",
    "the_table_is_on_the_sheet": "The table is on the sheet",
    "it_is_version_of_rows": "It is version {version}: {rows_used} of {rows_in} rows are used, {aside} set aside.",
    "it_has_the_columns_of_so": "It has the columns of “{kept_from}”, so it is read by that dataset's mapping.",
    "name_of_the_dataset": "Name of the dataset",
    "there_is_a_dataset": "There is a dataset of this name",
    "see_how_groups_compare": "See how groups compare",
    "see_what_was_loaded": "See what was loaded and what was set aside",
    "one_line_a_visit_or_patient": (
        "One line a visit or patient, or one line a count: both work, and so do published rates."
    ),
    "a_column_that_says_how_people": (
        "A column that says how people are grouped, such as race and ethnicity, language, payer or site."
    ),
    "a_column_with_the_outcome_yes": "A column with the outcome: yes or no, a number, or a count with its denominator.",
    "names_birthdays_and_record_numbers": (
        "Names, birthdays and record numbers are not needed; a column that looks like one is left out."
    ),
    "each_columns_meaning_is_proposed": (
        "Each column's meaning is proposed; you correct it and see at once how the file reads."
    ),
    "you_load_it_under_a_name": "You load it under a name. The same kind of file loads without a question next time.",
    "every_load_is_a_new_version": "Every load is a new version: what was there before can be brought back.",
    "the_mapping_as_a_file": "The mapping as a file",
    "a_file_of_the_kind": "A file of the kind that Download gives.",
    "or_change_it_here": "Or change it here",
    "what_was_loaded_before": "{problem} What was loaded before is as it was.",
    "for_a_rate_100000_shows": "For a rate: 100000 shows it per 100,000.",
    "target_as_shown": "As it is shown: 70 for 70 %, 10 for 10 per 100,000, an average in its unit.",
}
"""By key."""

FINDING_REMEDIES: Final = {
    "one_name": "To keep one apart, say so in the mapping file below.",
    "possible_total": "If it is one, pick it under “Totals to leave out”.",
    "measure_undescribed": "Say in the mapping file below what it is and which way is better.",
    "dropped": "Nothing to do, unless it should stay: then take it out of “Totals to leave out”.",
}
"""What a person can do on the upload page about a finding, by its code; the terminal names the line of the mapping."""
