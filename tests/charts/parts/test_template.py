"""Ten colours by role: the same in the configuration, readable on light and dark, apart in grey."""

from __future__ import annotations

import importlib
import json
import tomllib
from pathlib import Path

import numpy as np
import pytest

from equity.charts.parts import template
from equity.charts.parts.sketch import Sketch
from equity.charts.parts.template import DARK, LIGHT, Palette

CONFIG = tomllib.loads(
    (Path(__file__).resolve().parents[3] / ".streamlit" / "config.toml").read_text(encoding="utf-8")
)["theme"]
PALETTES = {"light": LIGHT, "dark": DARK}
ROLES = ("focus", "worse", "others", "ink", "muted", "hair", "faint", "band", "better", "wash")


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2)."""
    channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def role(palette: Palette, name: str) -> str:
    return palette.roles[ROLES.index(name)]


@pytest.mark.parametrize("mode", PALETTES)
def test_the_configuration_paints_the_same_colours(mode: str) -> None:
    palette, configured = PALETTES[mode], CONFIG[mode]
    assert tuple(configured["chartCategoricalColors"]) == palette.roles
    assert tuple(configured["chartDivergingColors"]) == palette.diverging
    assert configured["backgroundColor"] == palette.paper


@pytest.mark.parametrize("mode", PALETTES)
def test_ten_colours_each(mode: str) -> None:
    assert len(set(PALETTES[mode].roles)) == 10
    assert len(PALETTES[mode].diverging) == 10


@pytest.mark.parametrize("mode", PALETTES)
@pytest.mark.parametrize("name", ["focus", "worse", "others", "ink", "better"])
def test_marks_stand_out_from_the_page(mode: str, name: str) -> None:
    palette = PALETTES[mode]
    assert contrast(role(palette, name), palette.paper) >= 3.0


@pytest.mark.parametrize("mode", PALETTES)
@pytest.mark.parametrize("name", ["ink", "muted", "focus"])
def test_text_is_readable_on_the_page(mode: str, name: str) -> None:
    palette = PALETTES[mode]
    assert contrast(role(palette, name), palette.paper) >= 4.5


@pytest.mark.parametrize("mode", PALETTES)
def test_text_is_readable_on_every_cell_of_a_map(mode: str) -> None:
    palette = PALETTES[mode]
    for colour in palette.diverging:
        assert contrast(role(palette, "ink"), colour) >= 4.5, colour
    plain = palette.diverging[4]
    assert contrast(role(palette, "muted"), plain) >= 4.5


@pytest.mark.parametrize("mode", PALETTES)
def test_the_focus_is_apart_from_the_others_in_grey(mode: str) -> None:
    palette = PALETTES[mode]
    assert contrast(role(palette, "focus"), role(palette, "others")) >= 1.25
    assert contrast(role(palette, "ink"), role(palette, "others")) >= 2.0


def test_painting_leaves_no_placeholder_and_no_transparent_paper() -> None:
    sketch = Sketch(200, {"l": 0, "r": 0, "t": 0, "b": 0})
    sketch.scatter(x=np.arange(3.0), y=np.arange(3.0), marker={"color": template.FOCUS})
    sketch.annotate(text="x", bgcolor=template.PAPER, font={"color": template.INK})
    drawn = sketch.figure()
    painted = template.painted(drawn, DARK)
    text = painted.to_json()
    assert "#0000" not in text
    assert painted.layout.paper_bgcolor == DARK.paper
    assert painted.data[0].marker.color == DARK.roles[0]
    assert json.loads(text)["data"][0]["x"] == json.loads(drawn.to_json())["data"][0]["x"]


def test_a_figure_never_zooms_and_has_no_legend() -> None:
    drawn = Sketch(200, {"l": 0, "r": 0, "t": 0, "b": 0}).figure()
    assert drawn.layout.dragmode is False
    assert drawn.layout.showlegend is False
    assert drawn.layout.height == 200
    assert template.quiet_axis()["fixedrange"] is True


def test_the_placeholders_are_those_of_the_front_end() -> None:
    theme = importlib.import_module("streamlit.elements.lib.streamlit_plotly_theme")
    roles = [getattr(theme, f"CATEGORY_{i}") for i in range(10)]
    named = [template.FOCUS, template.WORSE, template.OTHERS, template.INK, template.MUTED]
    named += [template.HAIR, template.FAINT, template.BAND, template.BETTER, template.WASH]
    assert named == roles
    assert template.PAPER == theme.BG_COLOR
    assert list(template.DIVERGING) == [getattr(theme, f"DIVERGING_{i}") for i in range(10)]
