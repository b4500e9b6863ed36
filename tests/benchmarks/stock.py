"""The same final pages as Markdown files with HTML in them, for Material as it comes: no macros, no chart to draw."""

from __future__ import annotations

import json
import re
from pathlib import Path

_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


def a_stock_project(folder: Path, site: Path) -> Path:
    """Make a project of what stands in the main part of every page of a built site."""
    for path in sorted(site.rglob("index.html")):
        place = path.parent.relative_to(site)
        # A page with others below it is the first of their section; any other is a file beside them.
        below = any(other != path for other in path.parent.rglob("index.html"))
        target = folder / "docs" / (place / "index.md" if below else place.with_suffix(".md"))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_markdown(path.read_text("utf-8")), encoding="utf-8")
    (folder / "mkdocs.yml").write_text("site_name: The same pages\ntheme:\n  name: material\n", encoding="utf-8")
    return folder


def _markdown(page: str) -> str:
    """Return a page as Markdown that holds its HTML in one piece: a blank line would end it."""
    title = _TITLE.findall(page)[0]
    main = page.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    html = re.sub(r"\n\s*\n+", "\n", main)
    return f"---\ntitle: {json.dumps(title)}\n---\n\n<div>\n{html.strip()}\n</div>\n"
