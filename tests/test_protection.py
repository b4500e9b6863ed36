"""What browsers and finders of faults are told: nothing but the site's own files, and whom to tell."""

from __future__ import annotations

from datetime import date

from macros.publishing.protection import HEADERS, POLICY, SECURITY, protection_files

from .sites import DAY, Built, settings

HOME = "https://figures.northmoor.example/"


def test_every_page_says_what_it_may_use(example_site: Built, northmoor_site: Built) -> None:
    """Each page allows the site's own files and nothing else, and has no style or script of its own that needs more."""
    for site in (example_site, northmoor_site):
        for path in sorted(site.root.rglob("*.html")):
            page = site.page(path.parent.relative_to(site.root).as_posix()) if path.name == "index.html" else None
            text = path.read_text("utf-8")
            assert f'<meta http-equiv="Content-Security-Policy" content="{POLICY.replace(chr(39), "&#39;")}">' in text
            if page is None:
                continue
            assert page.select("style, [style], iframe, object, embed, base") == []
            scripts = page.select("script:not([type='application/ld+json'])")
            assert [script.get_text() for script in scripts] == [""]
            assert not [name for tag in page.select("*") for name in tag.attrs if name.startswith("on")]


def test_the_policy_allows_no_more() -> None:
    """Nothing unsafe, no other host and no picture written into a page is allowed."""
    rules = dict(rule.split(" ", 1) for rule in POLICY.split("; "))
    assert rules["default-src"] == "'none'"
    assert set(" ".join(rules.values()).split()) == {"'none'", "'self'"}


def test_the_headers_say_what_a_page_cannot(example_site: Built) -> None:
    """A server that reads the file also refuses to be framed, and lets every program read the data."""
    lines = (example_site.root / HEADERS).read_text("utf-8").splitlines()
    assert lines[:2] == ["/*", f"  Content-Security-Policy: {POLICY}; frame-ancestors 'none'"]
    assert lines[-2:] == ["/data/*", "  Access-Control-Allow-Origin: *"]


def test_a_finder_of_a_fault_knows_whom_to_tell(northmoor_site: Built) -> None:
    """The file names the council's address, and ends when its statements must be reviewed again."""
    text = (northmoor_site.root / SECURITY).read_text("utf-8")
    fields = dict(line.split(": ", 1) for line in text.splitlines())
    assert fields["Contact"] == "mailto:figures@northmoor.example"
    assert (date.fromisoformat(fields["Expires"][:10]) - DAY).days == 365
    assert "Canonical" not in fields
    assert f"Canonical: {HOME}{SECURITY}" in protection_files(settings(), HOME)[SECURITY].decode()
