"""Pictures of the finished pages for the README: ``make pictures`` takes them from the site that was built last."""

from __future__ import annotations

from pathlib import Path

from .browsing import View, opened, served, started

SITE, PICTURES = Path("site"), Path("docs/pictures")
WANTED = {
    "home.png": ("", View(1280)),
    "measure.png": ("measures/council-tax-collected/", View(1280)),
    "year-phone.png": ("years/2013-14/", View(390, "dark")),
}


def main() -> None:
    """Take every picture: the first screen of each page."""
    with served(SITE) as base, started() as browser:
        for name, (address, view) in WANTED.items():
            with opened(browser, view) as page:
                page.goto(base + address)
                page.screenshot(path=PICTURES / name)


if __name__ == "__main__":
    main()
