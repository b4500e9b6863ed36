"""The bill of materials: an auditor finds every program that made the site, with its version."""

from __future__ import annotations

import json
import re

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from macros.publishing.materials import ADDRESS, bill_of_materials

from .sites import PROJECT, Built


def test_the_bill_keeps_to_its_standard() -> None:
    """A program that audits bills accepts it, and the same programs give the same bytes."""
    bill = bill_of_materials()
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(bill.decode()) is None
    assert bill == bill_of_materials()


def test_every_part_of_the_lock_that_is_used_here_is_listed() -> None:
    """Each version is the one of the lock, and what the lock holds for this system is there."""
    bill = json.loads(bill_of_materials())
    listed = {(part["name"], part["version"]) for part in bill["components"]}
    lock = (PROJECT / "requirements.txt").read_text("utf-8")
    assert listed <= set(re.findall(r"^([a-z0-9._-]+)==(\S+)", lock, re.MULTILINE))
    assert {"mkdocs", "mkdocs-material", "frictionless", "altair", "jinja2", "markdown"} <= {name for name, _ in listed}
    refs = {part["bom-ref"] for part in bill["components"]} | {bill["metadata"]["component"]["bom-ref"]}
    assert {ref for one in bill["dependencies"] for ref in (one["ref"], *one["dependsOn"])} == refs


def test_the_site_says_which_program_made_it(northmoor_site: Built) -> None:
    """The page of the licence names the program, and the list of its parts is there to take."""
    assert "This website was made by Answerable 0.1.0, a program under the MIT licence." in northmoor_site.text(
        "licence/"
    )
    link = northmoor_site.page("licence/").select_one(f'main a[href$="{ADDRESS}"]')
    assert link is not None
    assert (northmoor_site.root / ADDRESS).read_bytes() == bill_of_materials()
