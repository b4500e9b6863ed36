"""A council's own colour and logo: on every page, and never at the price of what can be read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.errors import Problem, ReportError
from macros.reading.colours import DARK_SOFT, LEAST, SOFT, contrast, readable, stylesheet
from macros.reading.logo import Logo, read_logo
from macros.reading.settings import read_settings

from .sites import DAY, a_picture, a_project, a_site, facts
from .test_tokens import DARK, LIGHT

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def _said(**settings: str) -> list[str]:
    """Return what is said of the settings of a colour or a logo."""
    config: dict[str, Any] = facts(DAY)
    config["extra"]["answerable"] |= settings
    try:
        read_settings(config, DAY)
    except ReportError as error:
        return [str(problem) for problem in error.problems]
    return []


def test_the_grounds_are_those_of_the_stylesheet() -> None:
    """The colour is held against the ground on which it is hardest to read, in each scheme."""
    assert (f"#{LIGHT['answerable-soft']}", f"#{DARK['answerable-soft']}") == (SOFT, DARK_SOFT)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


def test_a_colour_that_cannot_be_read_is_refused() -> None:
    """Orange on light grey has a contrast of 2.1:1; the message names a darker orange that would do."""
    (said,) = _said(colour="#ff8800")
    assert 'extra.answerable.colour is "#ff8800", with a contrast of 2.1:1 on light grey; text needs 4.5:1.' in said
    suggested = re.findall(r'Take a darker one, such as "(#[0-9a-f]{6})"', said)[0]
    assert _said(colour=suggested) == []


@pytest.mark.parametrize("colour", ["green", "#123", "#12436g", "12436d", "#12436d; } body { display: none"])
def test_what_is_no_colour_is_refused(colour: str) -> None:
    """Only # and six digits are a colour, so nothing else reaches the stylesheet."""
    assert "which is not a colour" in " ".join(_said(colour=colour))


@given(colours)
def test_every_colour_that_passes_can_be_read_in_both_schemes(colour: str) -> None:
    """Whatever colour a council has, links and the head can be read by day and by night."""
    colour = readable(colour, SOFT, "#000000")
    light, dark = re.findall(
        r"--answerable-brand: (#[0-9a-f]{6}); --answerable-head: (#[0-9a-f]{6})", stylesheet(colour)
    )
    assert contrast(light[0], SOFT) >= LEAST
    assert contrast(dark[0], DARK_SOFT) >= LEAST
    assert contrast(light[1], "#ffffff") >= LEAST
    assert contrast(dark[1], "#ffffff") >= LEAST


@pytest.mark.parametrize(
    ("path", "data", "problem"),
    [
        ("assets/none.png", b"", "there is no such file below docs."),
        ("../logo.png", a_picture(8, 8), "there is no such file below docs."),
        ("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "the logo is no PNG picture."),
        ("logo.png", a_picture(8, 8) + b"\0" * 60_000, "the most is 50,000."),
        ("logo.png", b"\x89PNG\r\n\x1a\n", "the logo is no PNG picture."),
        ("logo.png", a_picture(8, 30_000), "the logo is more than 2,000 pixels wide or tall."),
    ],
)
def test_a_logo_that_is_none_is_refused(path: str, data: bytes, problem: str, tmp_path: Path) -> None:
    """A logo lies below the pages, is light, and is a picture and nothing more."""
    (tmp_path / "docs").mkdir()
    if data:
        (tmp_path / "docs" / path).write_bytes(data)
    problems: list[Problem] = []
    assert read_logo(tmp_path / "docs", path, problems) is None
    assert problem in str(problems[0])


def test_a_logo_keeps_its_shape(tmp_path: Path) -> None:
    """A picture of 300 by 120 stands 40 pixels tall and 100 wide, so that nothing moves while it loads."""
    (tmp_path / "logo.png").write_bytes(a_picture(300, 120))
    assert read_logo(tmp_path, "logo.png", []) == Logo("logo.png", 100)


def test_pages_wear_the_colour_and_the_logo(northmoor_project: Path, tmp_path: Path) -> None:
    """Every page shows the logo beside the name, which is read out once; the one stylesheet has the colour."""
    project = a_project(tmp_path / "project", northmoor_project / "datapackages")
    path = project / "mkdocs.yml"
    text = path.read_text("utf-8").replace(
        "  answerable:\n", '  answerable:\n    colour: "#1d5c3a"\n    logo: assets/logo.png\n'
    )
    path.write_text(text, "utf-8")
    (project / "docs/assets").mkdir()
    (project / "docs/assets/logo.png").write_bytes(a_picture(300, 120))
    site = a_site(project, tmp_path / "site")
    for address in ("", "measures/bins-on-time/"):
        image = site.page(address).select_one("header img")
        assert image is not None
        assert (image["alt"], image["width"], image["height"]) == ("", "100", "40")
        assert (site.root / address / str(image["src"])).resolve() == site.root / "assets/logo.png"
    assert (site.root / "assets/answerable.css").read_text("utf-8").endswith(stylesheet("#1d5c3a"))
