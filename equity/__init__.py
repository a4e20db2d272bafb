"""Equity Lens: extract → cube → lens → page. Start reading at docs/house.md."""
