"""The menu: few lines at first, each page that somebody may see once, in the place that Streamlit's own has it."""

from __future__ import annotations

import pytest

from equity.access.roles import Action, roles_that_may
from equity.store.workspace.person import ROLES, Role
from equity.ui.layout.menu import MOST_LINES, menu_sections
from equity.ui.page_registry import ENTRIES


@pytest.mark.parametrize("role", ROLES)
def test_a_role_finds_its_pages_and_sees_few_lines_at_first(role: Role) -> None:
    def may(action: Action) -> bool:
        return role in roles_that_may(action)

    drawn = menu_sections(may)
    pages = [page for section in drawn for page in section["pages"]]
    assert [page["name"] for page in pages] == [entry.name for entry in ENTRIES.values() if may(entry.needs)]
    assert [page["place"] for page in pages] == list(range(len(pages)))
    at_first = sum(1 if section["title"] else len(section["pages"]) for section in drawn)
    assert at_first <= MOST_LINES
    assert pages[0]["name"] == ("home" if may("see_workspace") else "leader")


def test_few_pages_do_not_fold() -> None:
    drawn = menu_sections(lambda action: action in ("see_network", "read_release"))
    assert [section["title"] for section in drawn] == [""]
