"""What a browser and a finder of faults are told: which sources a page may use, and whom to tell of a weakness.

The policy stands in every page. ``_headers`` is for web servers that read it, with what only a header can say.
"""

from __future__ import annotations

from datetime import timedelta

from ..reading.settings import REVIEWED_WITHIN, Settings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'"
)
"""Nothing but the site's own files, no script or style within a page, and nobody else's pictures."""
HEADERS, SECURITY = "_headers", ".well-known/security.txt"


def protection_files(site: Settings, address: str) -> dict[str, bytes]:
    """Return the files that stand beside the pages for browsers and for finders of faults.

    Args:
        site: what the publisher says of the site.
        address: the address the site is published at, ending in a slash; empty where ``mkdocs.yml`` does not say.
    """
    return {HEADERS: _headers().encode(), SECURITY: _security(site, address).encode()}


def _headers() -> str:
    lines = [
        "/*",
        f"  Content-Security-Policy: {POLICY}; frame-ancestors 'none'",
        "  Cross-Origin-Opener-Policy: same-origin",
        "  Permissions-Policy: camera=(), geolocation=(), microphone=()",
        "  Referrer-Policy: no-referrer",
        "  Strict-Transport-Security: max-age=31536000",
        "  X-Content-Type-Options: nosniff",
        "",
        # Anyone may load the data into a program or a page of their own.
        "/data/*",
        "  Access-Control-Allow-Origin: *",
    ]
    return "\n".join(lines) + "\n"


def _security(site: Settings, address: str) -> str:
    """Return ``security.txt`` by RFC 9116. It ends when the statements must be reviewed again, once a year."""
    contact = f"mailto:{site.contact.email}" if site.contact.email else site.contact.form
    expires = site.accessibility.reviewed + timedelta(days=REVIEWED_WITHIN)
    lines = [f"Contact: {contact}", f"Expires: {expires}T00:00:00Z", "Preferred-Languages: en"]
    if address:
        lines.append(f"Canonical: {address}{SECURITY}")
    return "\n".join(lines) + "\n"
