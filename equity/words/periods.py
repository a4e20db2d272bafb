"""How to say a stretch of time."""

from __future__ import annotations

from functools import lru_cache

from equity.vocabulary import PeriodRange, PlainError, period_start

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@lru_cache(maxsize=1024)  # a page says the same few periods hundreds of times
def describe_period(label: str) -> str:
    """One period: "2024", "Q1 2024", "March 2024"; all time is "all the time in the data"."""
    if label == "":
        return "all the time in the data"
    if "Q" in label:
        return f"{label[5:]} {label[:4]}"
    if "-" in label:
        return f"{_MONTHS[period_start(label).month - 1]} {label[:4]}"
    return label


def short(label: str) -> str:
    """One period where there is little room: "2024", "Q1 2024", "Mar 2024"."""
    full = describe_period(label)
    return full if "Q" in label or "-" not in label else f"{full[:3]} {label[:4]}"


def as_asked(wish: str) -> str:
    """A period as an address names it, in words: "Q2 2024"; as it is where it names none."""
    try:
        return title(PeriodRange.parse(wish))
    except PlainError:
        return wish


def title(period: PeriodRange) -> str:
    """A stretch as a heading: "2024", "2024 Q1–Q3", "2022–2024", "March–June 2024", "all time".

    Whole years are called so, whether years, quarters or months were asked for.
    """
    if period.is_all_time:
        return "all time"
    first, last = period.first, period.last
    if first == last or _whole_years(period):
        return _whole_years(period) or describe_period(first)
    if "Q" in first and first[:4] == last[:4]:
        return f"{first[:4]} {first[5:]}–{last[5:]}"
    if "-" in first and "Q" not in first and first[:4] == last[:4]:
        return f"{describe_period(first)[:-5]}–{describe_period(last)}"
    return (
        f"{describe_period(first)}–{describe_period(last)}"
        if "-" not in first
        else f"{describe_period(first)} to {describe_period(last)}"
    )


def short_title(period: PeriodRange) -> str:
    """The same where there is little room: "Nov 2023–Feb 2024"."""
    first, last = period.first, period.last
    if period.is_all_time or first == last or first[:4] == last[:4] or "-" not in first:
        return title(period)
    return f"{short(first)}–{short(last)}"


def during(period: PeriodRange) -> str:
    """A stretch inside a sentence: "in 2024", "from March to June 2024", "over all the time in the data"."""
    if period.is_all_time:
        return "over all the time in the data"
    tiles = period.tiles()
    if len(tiles) == 1:
        return f"in {describe_period(tiles[0][1])}"
    if _whole_years(period):
        return f"from {tiles[0][1]} to {tiles[-1][1]}"
    first, last = describe_period(period.first), describe_period(period.last)
    if " " in first and first[-5:] == last[-5:]:
        first = first[:-5]
    return f"from {first} to {last}"


def stretch(first: str, last: str) -> str:
    """From one period to another as a heading: whole years as "2022–2024", else "Q2 2022 to Q3 2024"."""
    years = _whole_years(PeriodRange(first, last)) if first else ""
    return years or (
        describe_period(first) if first == last else f"{describe_period(first)} to {describe_period(last)}"
    )


def _whole_years(period: PeriodRange) -> str:
    """ "2024" or "2022–2024" where a stretch is whole years; nothing where it is not."""
    tiles = period.tiles()
    if any(grain != "year" for grain, _ in tiles):
        return ""
    return tiles[0][1] if len(tiles) == 1 else f"{tiles[0][1]}–{tiles[-1][1]}"
