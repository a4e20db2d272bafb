"""What a page's cards say of themselves."""

from equity.cards.maker import PageCards


def test_a_page_is_typed_with_hyphens_unless_it_is_called_otherwise() -> None:
    assert PageCards({}).typed_as("counts_by_quarter") == "counts-by-quarter"
    assert PageCards({}, called="gap-breakdown").typed_as("gap_sources") == "gap-breakdown"
