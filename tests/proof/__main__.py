"""Everything a machine can say about the finished pages: ``make proof`` prints it and fails where there is a fault.

It takes too long for every test run: axe sees every page at every width and in every colour mode, and Lighthouse loads
four pages on a slow telephone.
"""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Response

from tests.browsing import VIEWS, View, addresses, axe_faults, chromium, nu_errors, opened, served, started

SITE = Path("site")
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
MOST_BYTES, MOST_REQUESTS = 60_000, 6


def main() -> int:
    """Print every proof and return how many faults there are."""
    pages = addresses(SITE)
    faults = nu_errors(SITE)
    print(f"Nu HTML Checker: {len(faults)} errors on {len(pages)} pages")
    with served(SITE) as base:
        found = axe_faults(base, pages, VIEWS)
        print(f"axe: {len(found)} violations on {len(pages)} pages, each in {len(VIEWS)} views")
        faults += found
        kinds = _kinds(pages)
        faults += _transfer(base, kinds[-1])
        for address in kinds:
            faults += _lighthouse(base, address)
    print(*faults, sep="\n")
    return len(faults)


def _kinds(pages: list[str]) -> list[str]:
    """Return the home page, and of the years, services and measures the heaviest page of each."""

    def weight(address: str) -> int:
        return (SITE / address / "index.html").stat().st_size

    kinds = ("years", "services", "measures")
    return ["", *(max((one for one in pages if re.fullmatch(f"{kind}/.+/", one)), key=weight) for kind in kinds)]


def _transfer(base: str, address: str) -> list[str]:
    """Say what a measure page weighs compressed, with a search for two words."""
    asked: dict[str, int] = {}

    def weigh(answer: Response) -> None:
        asked.setdefault(answer.url, len(gzip.compress(answer.body(), 9)))

    with started() as browser, opened(browser, View(390)) as page:
        page.on("response", weigh)
        page.goto(base + address, wait_until="networkidle")
        alone = len(asked)
        page.locator("#search").focus()
        page.keyboard.type("council tax", delay=20)
        page.locator("#found a").first.wait_for()
    total = sum(asked.values())
    print(f"{address}: {total:,} bytes compressed, search included; {alone} requests, {len(asked)} with search")
    return [f"{address} weighs {total:,} bytes"] * (total > MOST_BYTES) + [f"{address} asks for {alone} files"] * (
        alone > MOST_REQUESTS
    )


def _lighthouse(base: str, address: str) -> list[str]:
    """Return the categories in which Lighthouse gives less than the least, on its mobile setting."""
    command = [
        ".cache/lighthouse/node_modules/.bin/lighthouse", base + address, "--quiet", "--output=json",
        f"--only-categories={','.join(LEAST)}", "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    ]  # fmt: skip
    environment = {"CHROME_PATH": chromium() or "", "PATH": "/usr/bin:/bin:/usr/local/bin"}
    said = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    scores = {name: round(one["score"] * 100) for name, one in json.loads(said.stdout)["categories"].items()}
    print(f"Lighthouse, /{address}: {', '.join(f'{name} {score}' for name, score in scores.items())}")
    return [f"/{address}: {name} {score}" for name, score in scores.items() if score < LEAST[name]]


if __name__ == "__main__":
    sys.exit(min(main(), 1))
