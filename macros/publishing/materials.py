"""The bill of materials: which programs, in which versions, made the site. CycloneDX 1.6 in JSON, as auditors read it.

It names what is installed where the site is built, and no day: the same programs give the same bytes.
"""

from __future__ import annotations

import json
from importlib.metadata import PackageMetadata, PackageNotFoundError, distribution
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ADDRESS = "bill-of-materials.json"
PROGRAM = "answerable"


def version() -> str:
    """Return the version of this program; empty where it runs without being installed."""
    try:
        return distribution(PROGRAM).version
    except PackageNotFoundError:
        return ""


def bill_of_materials() -> bytes:
    """Return the list of all that this program needs to run, each with its version, its licence and what it needs."""
    parts: dict[str, dict[str, Any]] = {}
    known: dict[str, list[str]] = {}
    waiting = [PROGRAM]
    while waiting:
        name = waiting.pop()
        if name not in known:
            says = _says(name)
            parts[name], known[name] = _component(name, says), _needs(says)
            waiting += known[name]
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {**parts.pop(PROGRAM), "type": "application"}},
        "components": [parts[name] for name in sorted(parts)],
        "dependencies": [{"ref": name, "dependsOn": sorted(known[name])} for name in sorted(known)],
    }
    return (json.dumps(bill, ensure_ascii=False, indent=1) + "\n").encode()


def _says(name: str) -> PackageMetadata | None:
    """Return what a program says of itself, which is a file to be read; None where it is not installed."""
    try:
        return distribution(name).metadata
    except PackageNotFoundError:
        return None


def _needs(says: PackageMetadata | None) -> list[str]:
    """Return what a program needs on this machine, without what it offers to those who ask for more."""
    found = (Requirement(one) for one in (says.get_all("Requires-Dist") or () if says else ()))
    wanted = [one.name for one in found if one.marker is None or one.marker.evaluate({"extra": ""})]
    return sorted({canonicalize_name(one) for one in wanted})


def _component(name: str, says: PackageMetadata | None) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "library", "bom-ref": name, "name": name}
    if says is None:
        return found
    found |= {"version": says["Version"], "purl": f"pkg:pypi/{name}@{says['Version']}"}
    licences = says.get_all("License-Expression")
    if licences:
        found["licenses"] = [{"expression": licences[0]}]
    return found
