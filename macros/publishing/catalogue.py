"""The catalogue of the data for programs that gather catalogues: DCAT in JSON-LD.

It states what the UK cross-government metadata exchange model requires of a dataset and of a distribution.

Addresses are whole where ``mkdocs.yml`` says where the site is published; elsewhere they start at the catalogue itself,
as JSON-LD has it, so that the site may move. Every term is spelt out in the file: nothing has to be fetched to read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from ..reading.packages import REGISTER, YEAR, schema
from ..reading.reports import Reports
from ..reading.settings import Contact, Settings
from ..records import Body
from .about import About, files_of, media_type, packages
from .descriptors import ALL_YEARS

ADDRESS = "data/catalogue.jsonld"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "freq": "http://purl.org/cld/freq/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "ukgov": "https://w3id.org/co-cddo/ukgov-metadata-exchange-model/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_AREAS = "http://statistics.data.gov.uk/id/statistical-geography/"
"""Where the Office for National Statistics names areas by their codes."""
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def catalogue(
    reports: Reports, site: Settings, description: str, files: Mapping[str, bytes], address: str
) -> dict[str, Any]:
    """Return the catalogue.

    Args:
        reports: what the packages hold.
        site: what the publisher says of the site.
        description: what the site is, in a sentence; empty where ``mkdocs.yml`` does not say.
        files: the published files by address.
        address: the address the site is published at, ending in a slash; empty where that is not known.
    """
    known = packages(reports, files)
    root = address or "../"
    publisher = {"@id": f"{root}contact/#publisher", "@type": "foaf:Organization", "foaf:name": site.organisation}
    return {
        "@context": CONTEXT,
        "@id": f"{root}{ADDRESS}",
        "@type": "dcat:Catalog",
        "dct:title": site.name,
        "dct:description": description or site.name,
        "dct:language": "en",
        "dct:license": {"@id": site.licence.address},
        "dct:publisher": publisher,
        "foaf:homepage": {"@id": root},
        **_dates(known[0] if known else None),
        "dcat:dataset": [_dataset(about, site, files, root) for about in known],
    }


def _dates(about: About | None) -> dict[str, Any]:
    days = {"dct:issued": about.issued, "dct:modified": about.modified} if about else {}
    return {key: _day(day) for key, day in days.items() if day}


def _day(day: date) -> dict[str, str]:
    return {"@type": "xsd:date", "@value": day.isoformat()}


def _dataset(about: About, site: Settings, files: Mapping[str, bytes], root: str) -> dict[str, Any]:
    # A year's package changes only when it is corrected; that of all years grows with every year.
    often = "freq:annual" if about.name == ALL_YEARS else "freq:irregular"
    publisher = {"@id": f"{root}contact/#publisher"}
    return {
        "@id": f"{root}{about.dataset}",
        "@type": "dcat:Dataset",
        "dct:identifier": about.identifier or f"{root}{about.dataset}",
        "dct:title": about.title,
        "dct:description": about.description,
        "dct:creator": publisher,
        "dct:publisher": publisher,
        "dcat:contactPoint": _contact(site.organisation, site.contact, root),
        "dct:license": {"@id": site.licence.address},
        "dct:accessRights": "OPEN",
        "ukgov:securityClassification": "OFFICIAL",
        "dcat:version": about.version,
        **_dates(about),
        "dct:accrualPeriodicity": {"@id": often},
        "dct:language": "en",
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _day(about.first),
            "dcat:endDate": _day(about.last),
        },
        "dct:spatial": [_area(council) for council in about.councils if council.area_code],
        "dcat:keyword": list(about.keywords),
        "dcat:landingPage": {"@id": f"{root}{about.page}"},
        "dcat:distribution": [
            _distribution(path, about, site, files[path], root) for path in files_of(about.name, files)
        ],
    }


def _contact(name: str, contact: Contact, root: str) -> dict[str, Any]:
    card: dict[str, Any] = {"@type": "vcard:Organization", "vcard:fn": name}
    card["vcard:hasURL"] = {"@id": contact.form or f"{root}contact/"}
    if contact.email:
        card["vcard:hasEmail"] = {"@id": f"mailto:{contact.email}"}
    if contact.telephone:
        card["vcard:hasTelephone"] = {"@id": f"tel:{contact.telephone.replace(' ', '')}"}
    return card


def _area(council: Body) -> dict[str, Any]:
    return {
        "@id": f"{_AREAS}{council.area_code}",
        "@type": "dct:Location",
        "dct:identifier": council.area_code,
        "rdfs:label": council.title,
    }


def _distribution(path: str, about: About, site: Settings, data: bytes, root: str) -> dict[str, Any]:
    found = {
        "@id": f"{root}{path}",
        "@type": "dcat:Distribution",
        "dct:identifier": f"{root}{path}",
        "dct:title": f"{about.title}: {_title(path, about)}",
        "dct:license": {"@id": site.licence.address},
        "dct:accessRights": "OPEN",
        "dcat:accessURL": {"@id": f"{root}{about.page}"},
        "dcat:downloadURL": {"@id": f"{root}{path}"},
        "dcat:mediaType": media_type(path),
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(len(data))},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": sha256(data).hexdigest()},
        },
        **_dates(about),
    }
    if path == about.address:
        found["dct:conformsTo"] = {"@id": _PROFILE}
    return found


def _title(path: str, about: About) -> str:
    """Say in a few words what a file of a package is."""
    if path == about.address:
        return "description of the package"
    name, _, ending = path.rpartition("/")[2].rpartition(".")
    if name == about.name:
        return f"everything, as {ending.upper()}"
    return f"{schema(name)['title'] if name in (*REGISTER, *YEAR) else name}, as {ending.upper()}"
